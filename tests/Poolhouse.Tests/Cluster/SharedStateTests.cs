using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>What one node gives out is good on every other.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SharedStateTests(SharedCluster shared) : IAsyncDisposable
{
    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Requests_go_round_and_any_node_goes_on_with_what_another_began()
    {
        var before = cluster.Nodes.Select(node => cluster.Front.Served.GetValueOrDefault(node.Name)).ToList();

        // Registered, mailed to, confirmed and signed in on one node each.
        var account = await client.Front.AccountAsync();
        for (var i = 0; i < 6; i++) (await account.GetAsync("me")).Good().Json["email"]!.GetValue<string>().ShouldBe(account.Email);

        var served = cluster.Nodes.Select((node, i) => cluster.Front.Served.GetValueOrDefault(node.Name) - before[i]).ToList();
        served.ShouldAllBe(count => count == 3);
        cluster.Front.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_cookies_and_connections_of_one_node_are_good_on_the_others()
    {
        var ann = await Speaker.NewAsync(client.At(0));
        var browser = new Browser(client.At(1));
        (await browser.SignInAsync(ann.Email)).Good();

        foreach (var node in client.Each())
        {
            (await node.GetUserAsync(ann.Access)).Status.ShouldBe(200);
            (await new Browser(node) { Cookie = browser.Cookie }.GetAsync("session")).Good();
            (await node.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = ann.Refresh })).Good();
            await using var socket = await TestSocket.ConnectAsync(node);
            (await socket.AskAsync("user-login", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-login-success");
        }

        await using var throughFront = await TestSocket.ConnectAsync(client.Front);
        (await throughFront.AskAsync("user-login", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-login-success");
    }

    [Fact]
    public async Task A_proof_of_SRP_begins_on_one_node_and_ends_on_another()
    {
        var pool = await client.Front.PoolAsync();
        await pool.ConfirmedAsync("bob");

        for (var i = 0; i < 3; i++)
        {
            var person = new SrpPerson(pool.On(client.At(i)));
            var proof = person.Proof(await person.StartAsync("bob"));
            (await pool.On(client.At(i + 1)).RespondAsync("PASSWORD_VERIFIER", null, proof)).ShouldBeSignedIn();
        }
    }

    [Fact]
    public async Task A_list_is_read_in_pages_from_another_node_each()
    {
        var pool = await client.Front.PoolAsync();
        var names = Enumerable.Range(0, 20).Select(i => $"user{i:00}").ToList();
        await Task.WhenAll(names.Select((name, i) => pool.On(client.At(i)).AdminAsync("AdminCreateUser", name, new JsonObject { ["MessageAction"] = "SUPPRESS" }).ShouldSucceedAsync()));
        List<string> listed = [];
        string? token = null;

        for (var page = 0; page == 0 || token is not null; page++)
        {
            var answer = await pool.On(client.At(page)).ConfigureAsync("ListUsers", new JsonObject { ["Limit"] = 3, ["PaginationToken"] = token }).ShouldSucceedAsync();
            listed.AddRange(answer["Users"]!.AsArray().Select(user => user!["Username"]!.GetValue<string>()));
            token = answer["PaginationToken"]?.GetValue<string>();
        }

        listed.ShouldBe(names, ignoreOrder: true);
    }
}
