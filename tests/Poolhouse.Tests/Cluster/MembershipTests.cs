using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>Nodes come and go while people are served.</summary>
[Collection(ClusterCollection.Name)]
public sealed class MembershipTests(SharedCluster shared) : IAsyncDisposable
{
    private const int People = 6;

    // An account may read ten times a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // A password costs a tenth of a second of a processor, and there are two.
    private static readonly TimeSpan SignUpPace = TimeSpan.FromMilliseconds(500);

    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_node_is_added_and_another_taken_away_and_no_request_fails()
    {
        var pool = await client.Front.PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(_ => PersonAsync()));
        var failures = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll([.. people.Select(person => LiveAsync(person, failures, stop.Token)), SignUpAsync(pool, failures, stop.Token)]);
        var leaving = cluster.Nodes[0];

        int code;
        try
        {
            var added = await cluster.AddNodeAsync();
            await ServesAsync(added, 50);
            code = await cluster.TakeAwayAsync(leaving);
            await ServesAsync(added, 50);
        }
        finally
        {
            await stop.CancelAsync();
            await load;
        }

        failures.Take(10).ShouldBeEmpty();
        cluster.Front.Failures.ShouldBeEmpty();
        code.ShouldBe(0);
        cluster.Nodes.Count.ShouldBe(3);
        // What was begun before goes on on nodes of after.
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    private async Task ServesAsync(ClusterNode node, int more)
    {
        var before = cluster.Front.Served.GetValueOrDefault(node.Name);
        for (var attempt = 0; cluster.Front.Served.GetValueOrDefault(node.Name) < before + more; attempt++)
        {
            attempt.ShouldBeLessThan(3000, $"{node.Name} gets no requests.");
            await Task.Delay(10);
        }
    }

    private async Task<(Speaker Tokens, Browser Browser)> PersonAsync()
    {
        await using var apart = cluster.NewClient();
        var speaker = await Speaker.NewAsync(apart.Front);
        var browser = new Browser(client.Front);
        (await browser.SendAsync(HttpMethod.Post, "session", token: speaker.Access)).Good();
        return (speaker with { World = client.Front }, browser);
    }

    private static async Task LiveAsync((Speaker Tokens, Browser Browser) person, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        var world = person.Tokens.World;
        while (!stop.IsCancellationRequested)
        {
            await TryAsync(failures, Told, () => world.GetUserAsync(person.Tokens.Access));
            await TryAsync(failures, Told, () => person.Browser.GetAsync("session"));
            await TryAsync(failures, Told, () => world.CallAsync(
                "GetTokensFromRefreshToken", new JsonObject { ["ClientId"] = "poolhouseaccountapi0000000", ["RefreshToken"] = person.Tokens.Refresh }));
            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    // What takes longest: a password is hashed.
    private static async Task SignUpAsync(TestPool pool, ConcurrentQueue<string> failures, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var name = $"ann{i}";
            await TryAsync(failures, Told, () => pool.PublicAsync("SignUp", name, new JsonObject { ["Password"] = TestPool.Password }));
            await Task.Delay(SignUpPace, CancellationToken.None);
        }
    }

    private static string? Told(Answer answer) => answer.Status == 200 ? null : $"{Node(answer.Headers)}: {answer.Text}";

    private static string? Told(ApiAnswer answer) => answer.Status == 200 ? null : $"{Node(answer.Headers)}: {answer.Text}";

    private static string Node(HttpResponseHeaders headers) => headers.TryGetValues("X-Node", out var values) ? values.Single() : "front";

    private static async Task TryAsync<T>(ConcurrentQueue<string> failures, Func<T, string?> problem, Func<Task<T>> call)
    {
        try
        {
            if (problem(await call()) is { } failed) failures.Enqueue(failed);
        }
        catch (HttpRequestException failure)
        {
            failures.Enqueue(failure.Message);
        }
    }
}
