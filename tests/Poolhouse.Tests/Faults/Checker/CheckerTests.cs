using System.Net;
using System.Net.Mail;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Faults.Load;
using Poolhouse.Tests.Faults.Network;

namespace Poolhouse.Tests.Faults.Checker;

/// <summary>A checker that finds nothing must be one that would find something.</summary>
public sealed class CheckerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly Journal journal = new();

    [Fact]
    public async Task An_ended_way_in_that_a_node_accepts_is_found()
    {
        await using var node = new YesNode();
        await using var nodes = new Nodes([node.Url]);
        await using var watch = new Watch(nodes, journal);

        await watch.DemandRefusedAsync(node.Url, new Grant { Person = new Person("a@example.com"), Cookie = "__Host-poolhouse=x" });

        journal.Findings.ShouldHaveSingleItem().Promise.ShouldBe(Promise.NothingRevokedLives);
    }

    [Fact]
    public async Task A_person_who_is_told_another_name_than_was_acknowledged_is_found()
    {
        await using var node = new YesNode { Body = """{"email":"a@example.com","first_name":"Older"}""" };
        await using var nodes = new Nodes([node.Url]);
        await using var watch = new Watch(nodes, journal);
        await using var mail = new MailSink();
        var person = new Person("a@example.com") { FirstName = "Newer" };

        await new Steps(nodes, mail, new People(new Random(1)), journal, watch).ReadProfileAsync(person, new Grant { Person = person, Access = "x" });

        journal.Findings.ShouldHaveSingleItem().Promise.ShouldBe(Promise.NothingIsLost);
    }

    [Fact]
    public async Task A_session_that_was_not_ended_and_is_refused_is_found()
    {
        await using var node = new YesNode { Status = HttpStatusCode.Unauthorized };
        await using var nodes = new Nodes([node.Url]);
        await using var watch = new Watch(nodes, journal);
        await using var mail = new MailSink();
        var person = new Person("a@example.com");
        person.TryBegin();
        person.Grants.Add(new Grant { Person = person, Cookie = "__Host-poolhouse=x" });

        await new Steps(nodes, mail, new People(new Random(1)), journal, watch).RunAsync(OperationKind.ReadSession, person);

        journal.Findings.ShouldHaveSingleItem().Promise.ShouldBe(Promise.NothingIsLost);
    }

    [Fact]
    public async Task An_error_that_does_not_say_when_to_come_back_is_found()
    {
        await using var node = new YesNode { Status = HttpStatusCode.ServiceUnavailable };
        await using var nodes = new Nodes([node.Url]);
        await using var watch = new Watch(nodes, journal);
        await using var mail = new MailSink();
        var people = new People(new Random(1));

        await new Steps(nodes, mail, people, journal, watch).RunAsync(OperationKind.Register, people.New());

        journal.Findings.ShouldHaveSingleItem().Promise.ShouldBe(Promise.ErrorsSayWhenToComeBack);
    }

    [Fact]
    public async Task A_mail_that_never_came_and_one_that_came_twice_are_found()
    {
        await using var mail = new MailSink();
        mail.Start();
        var people = new People(new Random(1));
        var (without, twice) = (people.New(), people.New());
        without.MailsDue.Add(Start);
        twice.MailsDue.Add(Start);
        await SendAsync(mail, twice.Email, "<one@example.com>");
        await SendAsync(mail, twice.Email, "<one@example.com>");

        new MailCheck(people, mail, journal).Judge(mayCopies: 0, mayRepeats: 0);

        journal.Findings.Select(finding => finding.Promise).ShouldBe([Promise.NoMailVanishes, Promise.NoMailTwice]);
    }

    [Fact]
    public async Task A_server_that_dies_answering_has_the_mail_and_its_sender_does_not_know()
    {
        await using var mail = new MailSink();
        mail.Start();
        mail.DieAfterAccepting(1);

        await Should.ThrowAsync<Exception>(SendAsync(mail, "a@example.com", "<one@example.com>"));
        await SendAsync(mail, "a@example.com", "<one@example.com>");

        mail.To("a@example.com").Select(m => m.IsAnswered).ShouldBe([false, true]);
        mail.Count("a@example.com").ShouldBe(1);
        mail.NewestCode("a@example.com").ShouldBe("123456");
    }

    [Fact]
    public void An_outage_lasts_from_the_first_request_that_failed_to_the_next_that_was_answered()
    {
        Sample[] samples =
        [
            Sample(0, 10, Outcome.Done), Sample(1_000, 500, Outcome.Away), Sample(1_200, 2_000, Outcome.NoAnswer), Sample(4_000, 20, Outcome.Done), Sample(5_000, 20, Outcome.Done),
        ];

        var seen = new Summary(samples, Start.AddSeconds(1), Start.AddSeconds(4));

        seen.Outage(Service.Refresh).ShouldBe(TimeSpan.FromMilliseconds(3_020));
        seen.Outage(Service.SignIn).ShouldBe(TimeSpan.Zero);
        (seen.Away, seen.NoAnswer, seen.Broken).ShouldBe((1, 1, 0));
    }

    private static Sample Sample(int at, int took, Outcome outcome) =>
        new(OperationKind.Refresh, new Reply(outcome, 0, [], null, "", Start.AddMilliseconds(at), TimeSpan.FromMilliseconds(took)), outcome == Outcome.Done);

    private static async Task SendAsync(MailSink mail, string to, string id)
    {
        using var client = new SmtpClient("127.0.0.1", mail.Port);
        using var message = new MailMessage("from@example.com", to);
        message.Headers.Add("Message-ID", id);
        using var text = AlternateView.CreateAlternateViewFromString("Code:\r\n\r\n    123456\r\n", System.Text.Encoding.UTF8, "text/plain");
        text.TransferEncoding = System.Net.Mime.TransferEncoding.QuotedPrintable;
        message.AlternateViews.Add(text);
        await client.SendMailAsync(message);
    }

    /// <summary>A node that says the same to everything.</summary>
    private sealed class YesNode : IAsyncDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Task answering;

        public YesNode()
        {
            Url = $"http://127.0.0.1:{Testing.Ports.Free()}";
            listener.Prefixes.Add(Url + "/");
            listener.Start();
            answering = AnswerAsync();
        }

        public string Url { get; }

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public string Body { get; init; } = new JsonObject { ["email"] = "a@example.com" }.ToJsonString();

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await answering;
            listener.Close();
        }

        private async Task AnswerAsync()
        {
            try
            {
                while (await listener.GetContextAsync() is { } asked)
                {
                    asked.Response.StatusCode = (int)Status;
                    await asked.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Body));
                    asked.Response.Close();
                }
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                // The end.
            }
        }
    }
}
