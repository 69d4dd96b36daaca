using System.Diagnostics;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>What is limited is limited for all nodes together.</summary>
[Collection(ClusterCollection.Name)]
public sealed class LimitTests(SharedCluster shared) : IAsyncDisposable
{
    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Calls_are_counted_over_all_nodes_by_Redis()
    {
        var answers = await Race.RunAsync(client, (node, _) => node.ApiAsync(HttpMethod.Get, "invites/x"));

        answers.Count(a => a.Status == 400).ShouldBe(10);
        answers.Count(a => a.Status == 429).ShouldBe(Race.Runners - 10);
        await using var somebodyElse = cluster.NewClient();
        (await somebodyElse.Front.ApiAsync(HttpMethod.Get, "invites/x")).Status.ShouldBe(400);
    }

    [Fact]
    public Task Guesses_are_counted_over_all_nodes() => GuessAsync(client);

    [Fact]
    public async Task Without_Redis_what_guards_is_counted_over_all_nodes_and_the_rest_by_each()
    {
        await using var own = await TestCluster.StartAsync(new ClusterOptions { Nodes = 2, HasRedis = false });
        await using var person = own.NewClient();

        var answers = await Race.RunAsync(person, (node, _) => node.ApiAsync(HttpMethod.Get, "invites/x"));

        answers.Count(a => a.Status == 400).ShouldBe(10);
        answers.Count(a => a.Status == 429).ShouldBe(Race.Runners - 10);
        foreach (var node in person.Each()) (await node.ApiAsync(HttpMethod.Get, "usernames/bob")).Good().Headers.GetValues("RateLimit").Single().ShouldStartWith("\"typing\";r=119;");
        await GuessAsync(person);
    }

    private static async Task GuessAsync(ClusterClient client)
    {
        var pool = await client.Front.PoolAsync();
        var ann = await pool.SignedUpAsync("ann");
        var bob = await pool.ConfirmedAsync("bob");
        var code = await client.Front.CodeAsync(ann.Email);
        var since = Stopwatch.StartNew();

        var passwords = await Race.RunAsync(client, (node, i) => bob.On(node).TrySignInAsync($"Wrong-horse-{i}"));
        // The fifth locks for a second, each further one for twice as long; a slow machine may see the lock end.
        var mostJudged = 5 + (int)Math.Log2(since.Elapsed.TotalSeconds + 1);
        var codes = await Race.RunAsync(client, (node, i) => pool.On(node).PublicAsync(
            "ConfirmSignUp", "ann", new JsonObject { ["ConfirmationCode"] = ((int.Parse(code) + 1 + i) % 1_000_000).ToString("000000") }));

        var judged = passwords.Count(a => a.Message == "Incorrect username or password.");
        judged.ShouldBeInRange(5, mostJudged);
        passwords.Count(a => a.Message == "Password attempts exceeded").ShouldBe(Race.Runners - judged);
        codes.Count(a => a.Type == "CodeMismatchException").ShouldBe(15);
        codes.Count(a => a.Type == "LimitExceededException").ShouldBe(Race.Runners - 15);
    }
}
