using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Durability;

/// <summary>What was answered is kept: the server is killed without a word while many people sign up.</summary>
public sealed class KillTests
{
    private const int People = 200;

    // Some are answered, most are on their way.
    private const int AnsweredBeforeTheKill = 40;

    [Fact]
    public async Task Every_answered_sign_up_survives_a_kill_and_is_mailed_once_on_SQLite()
    {
        await using var server = await RunningServer.StartAsync();

        await KillAndCompareAsync(server);
    }

    [Fact]
    public async Task Every_answered_sign_up_survives_a_kill_and_is_mailed_once_on_PostgreSQL()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await using var server = await RunningServer.StartAsync("--database", postgres.ConnectionString);

        await KillAndCompareAsync(server);
    }

    private static async Task KillAndCompareAsync(RunningServer server)
    {
        var answered = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var people = Enumerable.Range(0, People).Select(i => $"person-{i:000}@example.com").ToList();
        var signUps = people.Select(email => SignUpAsync(server, email, answered, enough)).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await server.KillAsync();
        await Task.WhenAll(signUps);
        answered.Count.ShouldBeInRange(AnsweredBeforeTheKill, People - 1, "The kill has to fall into the middle of the work.");

        await server.StartAgainAsync();

        foreach (var email in answered)
        {
            var user = await server.Cognito.CallAsync("AdminGetUser", new() { ["UserPoolId"] = RunningServer.PoolId, ["Username"] = email });
            user["UserStatus"]!.GetValue<string>().ShouldBe("UNCONFIRMED");
        }

        var mails = await SettledMailsAsync(server, answered);
        foreach (var email in answered) mails.Count(to => to == email).ShouldBe(1, email);
        mails.GroupBy(to => to).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        await ConfirmAsync(server, answered.First());
    }

    private static async Task SignUpAsync(RunningServer server, string email, ConcurrentBag<string> answered, TaskCompletionSource enough)
    {
        try
        {
            var (status, _) = await server.Cognito.SendAsync("SignUp", new()
            {
                ["ClientId"] = RunningServer.ClientId,
                ["Username"] = email,
                ["Password"] = "Correct-horse-7",
                ["UserAttributes"] = new JsonArray(CognitoCaller.Attribute("email", email)),
            });
            if (status != HttpStatusCode.OK) return;
            answered.Add(email);
            if (answered.Count == AnsweredBeforeTheKill) enough.TrySetResult();
        }
        catch (HttpRequestException)
        {
            // Nobody was there any more: this one may or may not be stored.
        }
    }

    // A message that a dead server was about to send waits for its lease to end: time is moved, not waited for.
    private static async Task<List<string>> SettledMailsAsync(RunningServer server, IReadOnlyCollection<string> answered)
    {
        using var moved = await server.Http.PostAsync("/dev/clock", new StringContent("""{"advance":"PT5M"}""", mediaType: new("application/json")));
        moved.EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var all = JsonNode.Parse(await server.Http.GetStringAsync("/dev/mailbox"))!.AsArray().Select(mail => mail!["to"]!.GetValue<string>()).ToList();
            if (answered.All(all.Contains) || clock.Elapsed > TimeSpan.FromSeconds(90))
            {
                // A second copy would come soon after the first.
                await Task.Delay(TimeSpan.FromSeconds(2));
                return JsonNode.Parse(await server.Http.GetStringAsync("/dev/mailbox"))!.AsArray().Select(mail => mail!["to"]!.GetValue<string>()).ToList();
            }

            await Task.Delay(100);
        }
    }

    private static async Task ConfirmAsync(RunningServer server, string email) => await server.Cognito.CallAsync("ConfirmSignUp", new()
    {
        ["ClientId"] = RunningServer.ClientId,
        ["Username"] = email,
        ["ConfirmationCode"] = await server.Mailbox.CodeAsync(email),
    });
}
