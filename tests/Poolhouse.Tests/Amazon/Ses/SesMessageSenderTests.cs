using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Poolhouse.Amazon;
using Poolhouse.Amazon.Ses;
using Poolhouse.Core.Primitives;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Sending;
using Poolhouse.Server.Health;
using Poolhouse.Server.Mail;
using Poolhouse.Tests.Messaging;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Amazon.Ses;

public sealed class SesMessageSenderTests : IAsyncLifetime
{
    private SesReceiver ses = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ses = await SesReceiver.StartAsync();

    public ValueTask DisposeAsync() => ses.DisposeAsync();

    [Fact]
    public async Task A_mail_is_signed_and_arrives_whole()
    {
        (await SendAsync(Messages.Composed(replyTo: "help@example.com"), "&configurationSet=mail")).ShouldBe(SendOutcome.Sent.Instance);

        var (request, mail, token) = ses.Mails.ShouldHaveSingleItem();
        request["FromEmailAddress"]!.GetValue<string>().ShouldBe("no-reply@example.com");
        request["Destination"]!.ToJsonString().ShouldBe("""{"ToAddresses":["bob@example.com"]}""");
        request["ConfigurationSetName"]!.GetValue<string>().ShouldBe("mail");
        request["EmailTags"]!.ToJsonString().ShouldBe("""[{"Name":"poolhouse-message","Value":"7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11"}]""");
        token.ShouldBeEmpty();
        mail.Header("From").ShouldBe(["Pool <no-reply@example.com>"]);
        mail.Header("To").ShouldBe(["bob@example.com"]);
        mail.Header("Reply-To").ShouldBe(["help@example.com"]);
        mail.Header("Subject").ShouldBe(["Confirm your account"]);
        mail.Header("Message-ID").ShouldBe(["<7d1c5f0e-5a53-4c43-9a53-8f6f0e8f2b11@example.com>"]);
        mail.Header("Auto-Submitted").ShouldBe(["auto-generated"]);
        mail.Header("MIME-Version").ShouldBe(["1.0"]);
        mail.Parts().ShouldBe([("text/plain; charset=utf-8", "Your code: 004718\r\n.\r\nEnd ü"), ("text/html; charset=utf-8", "<p>Your code: <b>004718</b></p>")]);
    }

    [Fact]
    public async Task Letters_of_every_kind_arrive()
    {
        var subject = string.Concat(Enumerable.Repeat("確認コード 🏊 für Élan ", 12)).Trim();

        (await SendAsync(Messages.Composed(to: "bob@bücher.example", subject: subject, from: "Élan Pool 🏊 <hello@élan.example>"))).ShouldBe(SendOutcome.Sent.Instance);

        var (request, mail, _) = ses.Mails.ShouldHaveSingleItem();
        request["Destination"]!["ToAddresses"]![0]!.GetValue<string>().ShouldBe("bob@xn--bcher-kva.example");
        request["FromEmailAddress"]!.GetValue<string>().ShouldBe("hello@xn--lan-9la.example");
        mail.Header("Subject").ShouldBe([subject]);
        mail.Header("From").Single().ShouldBe("Élan Pool 🏊 <hello@xn--lan-9la.example>");
    }

    [Theory, MemberData(nameof(Messages.LineEnds), MemberType = typeof(Messages))]
    public async Task Nothing_adds_a_header_or_a_recipient(string lineEnd)
    {
        await SendAsync(Messages.Composed(subject: $"Hi{lineEnd}Bcc: eve@example.com{lineEnd}{lineEnd}Body"));
        (await SendAsync(Messages.Composed(to: $"bob@example.com{lineEnd}Bcc: eve@example.com"))).ShouldBe(new SendOutcome.Refused("recipient-invalid"));
        (await SendAsync(Messages.Composed(from: $"Pool{lineEnd}Bcc: x <a@example.com>"))).ShouldBe(new SendOutcome.Refused("sender-invalid"));

        var mail = ses.Mails.ShouldHaveSingleItem().Mail;
        mail.Header("Bcc").ShouldBeEmpty();
        mail.Headers.Select(h => h.Key).ShouldBeUnique();
        mail.Parts().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("a@b.example, c@d.example", "recipient-invalid"), InlineData("bob@example.com <eve@example.com>", "recipient-invalid")]
    [InlineData("böb@example.com", "recipient-not-ascii")]
    public async Task Only_one_bare_address_that_SES_can_carry_is_a_recipient(string to, string reason)
    {
        (await SendAsync(Messages.Composed(to: to))).ShouldBe(new SendOutcome.Refused(reason));

        ses.Mails.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400, "MessageRejected", "Transaction blocked.", "ses-message-rejected", true)]
    [InlineData(400, "BadRequestException:http://internal.amazon.com/", "Missing final '@domain'", "ses-bad-request", true)]
    [InlineData(400, "MessageRejected", "Email address is not verified. The following identities failed the check", "ses-identity-not-verified", false)]
    [InlineData(400, "com.amazonaws.ses#MailFromDomainNotVerifiedException", "", "ses-mail-from-domain-not-verified", false)]
    [InlineData(400, "SendingPausedException", "", "ses-sending-paused", false)]
    [InlineData(400, "LimitExceededException", "", "ses-limit-exceeded", false)]
    [InlineData(429, "TooManyRequestsException", "", "ses-too-many-requests", false)]
    [InlineData(400, "ThrottlingException", "Daily message quota exceeded.", "ses-throttling", false)]
    [InlineData(403, "ExpiredTokenException", "", "ses-expired-token", false)]
    [InlineData(404, "NotFoundException", "", "ses-not-found", false)]
    [InlineData(500, "", "", "ses-500", false)]
    [InlineData(503, "<b>bob@example.com</b>", "", "ses-503", false)]
    [InlineData(301, "", "", "ses-301", false)]
    public async Task A_refusal_says_whether_it_lasts(int status, string error, string message, string reason, bool lasts)
    {
        ses.Answer = (status, error, new JsonObject { ["message"] = message }.ToJsonString());

        var outcome = await SendAsync(Messages.Composed());

        outcome.ShouldBe(lasts ? new SendOutcome.Refused(reason) : new SendOutcome.Unavailable(reason));
    }

    [Fact]
    public async Task A_wrong_key_no_key_and_nobody_there_are_temporary()
    {
        (await SendAsync(Messages.Composed(), credentials: Keys("another secret"))).ShouldBe(new SendOutcome.Unavailable("ses-signature-does-not-match"));
        (await SendAsync(Messages.Composed(), credentials: new NoCredentials())).ShouldBe(new SendOutcome.Unavailable("ses-no-credentials"));
        (await SendAsync(Messages.Composed(), endpoint: $"http://127.0.0.1:{Ports.Free()}")).ShouldBe(new SendOutcome.Unavailable("ses-unreachable"));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for()
    {
        ses.Stall = new TaskCompletionSource();

        (await SendAsync(Messages.Composed(), "&timeout=1")).ShouldBe(new SendOutcome.Unavailable("ses-timeout"));

        // It was there; SES may have taken it.
        ses.Signed.ShouldBe(1);
    }

    [Fact]
    public async Task Cancellation_is_not_swallowed()
    {
        ses.Stall = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(() => SendAsync(Messages.Composed(), ct: cancel.Token));
    }

    [Fact]
    public async Task Keys_of_a_role_are_renewed_and_their_token_is_signed()
    {
        using var client = new SesClient(Options(), new RoleCredentials(SesReceiver.Secret), TimeProvider.System.GetUtcNow);
        var sender = new SesMessageSender(Options(), client, TimeProvider.System);

        await sender.SendAsync(Messages.Composed(), Ct);
        await sender.SendAsync(Messages.Composed(), Ct);

        ses.Mails.Select(m => m.Token).ShouldBe(["token 1", "token 2"]);
    }

    [Theory]
    [InlineData(200, "", """{"SendingEnabled":true,"ProductionAccessEnabled":true}""", true, "takes mail.")]
    [InlineData(200, "", """{"SendingEnabled":true,"ProductionAccessEnabled":false}""", true, "sandbox")]
    [InlineData(200, "", """{"SendingEnabled":false,"ProductionAccessEnabled":true}""", false, "paused")]
    [InlineData(200, "", "<html>", false, "ses-unreadable")]
    [InlineData(403, "AccessDeniedException", "{}", true, "ses:GetAccount")]
    [InlineData(403, "UnrecognizedClientException", "{}", false, "ses-unrecognized-client")]
    public async Task The_check_says_how_the_account_is(int status, string error, string body, bool isWell, string says)
    {
        ses.Answer = (status, error, body);
        using var client = Client();

        var state = await new SesCheck(Options(), client).CheckAsync(Ct);

        state.IsWell.ShouldBe(isWell);
        state.Text.ShouldContain(says);
    }

    [Fact]
    public async Task A_code_that_a_server_sends_arrives_by_SES()
    {
        await using var world = await World.StartAsync(
            Engine.Sqlite, services => services.Replace(ServiceDescriptor.Singleton(_ => Client())), "--ses", $"ses://eu-west-1?from=no-reply@example.com&endpoint={ses.Url}");

        (await world.ApiAsync(HttpMethod.Post, "auth/register", AccountWorld.Registration("bob@example.com"))).Good();
        for (var i = 0; i < 200 && ses.Mails.IsEmpty; i++) await Task.Delay(50, Ct);

        var mail = ses.Mails.ShouldHaveSingleItem().Mail;
        mail.Header("To").ShouldBe(["bob@example.com"]);
        mail.Parts()[0].Text.ShouldMatch(@"\b\d{6}\b");
        (await world.Services.GetServices<IEngineCheck>().Single(check => check.Name == "mail").CheckAsync(Ct)).IsWell.ShouldBeFalse("The stand-in knows no account.");
    }

    private SesOptions Options(string settings = "", string? endpoint = null)
    {
        SesOptions.TryParse($"ses://eu-west-1?from=Pool%20%3Cno-reply%40example.com%3E&endpoint={endpoint ?? ses.Url}{settings}", out var options, out var error).ShouldBeTrue(error);
        return options!;
    }

    private static GivenCredentials Keys(string secret) => new(new AmazonKeys("AKIDEXAMPLE", new Secret(secret), null));

    private SesClient Client() => new(Options(), Keys(SesReceiver.Secret), TimeProvider.System.GetUtcNow);

    private async Task<SendOutcome> SendAsync(
        ComposedMessage message, string settings = "", IAmazonCredentials? credentials = null, string? endpoint = null, CancellationToken? ct = null)
    {
        var options = Options(settings, endpoint);
        using var client = new SesClient(options, credentials ?? Keys(SesReceiver.Secret), TimeProvider.System.GetUtcNow);
        return await new SesMessageSender(options, client, TimeProvider.System).SendAsync(message, ct ?? Ct);
    }

    private sealed class NoCredentials : IAmazonCredentials
    {
        public ValueTask<AmazonKeys> GetAsync(CancellationToken ct) => throw new AmazonException(AmazonFailure.NotSent, "CredentialsNotFound");
    }
}
