using System.Diagnostics;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>A sign-in that ends on one node has ended on all of them within a second: for access and refresh tokens, the cookie and the WebSocket.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EndsEverywhereTests(SharedCluster shared) : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData("GlobalSignOut")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("RevokeToken")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    [InlineData("auth/logout")]
    [InlineData("DELETE session")]
    [InlineData("DELETE sessions/{id}")]
    public async Task A_sign_in_that_ends_on_one_node_has_ended_on_the_others(string by)
    {
        var ann = await Speaker.NewAsync(client.Front);
        var cookie = await CookieOfAsync(ann);
        await using var first = await ListenAsync(client.At(1), ann);
        await using var second = await ListenAsync(client.At(2), ann);
        var other = new Browser(client.At(0));
        if (by == "DELETE sessions/{id}") (await other.SignInAsync(ann.Email)).Good();
        // Whatever nodes remember of tokens and sessions, they remember now.
        foreach (var node in client.Each()) (await EndedAsync(node, ann, cookie)).ShouldBe((false, false));

        await EndAsync(client.At(0), ann, cookie, other, by);
        var done = Stopwatch.StartNew();
        var told = Task.WhenAll(ToldAsync(first, done), ToldAsync(second, done));
        foreach (var node in (World[])[client.At(1), client.At(2)])
            await Felt.WithinASecondAsync(done, by, async () => await EndedAsync(node, ann, cookie) == (true, true));
        foreach (var node in client.Each()) (await RefreshAsync(node, ann)).Status.ShouldBe(400);

        (await told).ShouldAllBe(after => after < Second);
    }

    private async Task<string> CookieOfAsync(Speaker ann)
    {
        // Of the same sign-in as the tokens.
        var browser = new Browser(client.Front);
        (await browser.SendAsync(HttpMethod.Post, "session", token: ann.Access)).Good();
        return browser.Cookie!;
    }

    private static async Task<TestSocket> ListenAsync(World node, Speaker ann)
    {
        var socket = await TestSocket.ConnectAsync(node);
        (await socket.AskAsync("user-login", ann.Tokens()))["action"]!.GetValue<string>().ShouldBe("user-login-success");
        return socket;
    }

    private static async Task<TimeSpan> ToldAsync(TestSocket socket, Stopwatch done)
    {
        (await socket.HearAsync())["action"]!.GetValue<string>().ShouldBe("user-session-ended");
        return done.Elapsed;
    }

    private static async Task<(bool Token, bool Cookie)> EndedAsync(World node, Speaker ann, string cookie)
    {
        var token = await node.GetUserAsync(ann.Access);
        var session = await new Browser(node) { Cookie = cookie }.GetAsync("session");
        token.Status.ShouldBeOneOf(200, 400);
        session.Status.ShouldBeOneOf(200, 401);
        return (token.Status == 400, session.Status == 401);
    }

    private static Task<Answer> RefreshAsync(World node, Speaker ann) => node.CallAsync(
        "GetTokensFromRefreshToken", new JsonObject { ["ClientId"] = "poolhouseaccountapi0000000", ["RefreshToken"] = ann.Refresh });

    private static async Task EndAsync(World node, Speaker ann, string cookie, Browser other, string by)
    {
        switch (by)
        {
            case "GlobalSignOut":
                await node.DoAsync(by, new JsonObject { ["AccessToken"] = ann.Access });
                break;
            case "RevokeToken":
                await node.DoAsync(by, new JsonObject { ["ClientId"] = "poolhouseaccountapi0000000", ["Token"] = ann.Refresh });
                break;
            case "auth/logout":
                (await node.ApiAsync(HttpMethod.Post, by, token: ann.Access)).Good();
                break;
            case "DELETE session":
                (await new Browser(node) { Cookie = cookie }.SendAsync(HttpMethod.Delete, "session")).Good();
                break;
            case "DELETE sessions/{id}":
                var listed = (await other.GetAsync("sessions")).Good().Json["sessions"]!.AsArray().Single(session => !session!["current"]!.GetValue<bool>());
                (await other.SendAsync(HttpMethod.Delete, "sessions/" + listed!["id"]!.GetValue<string>())).Good();
                break;
            default:
                await node.DoAsync(by, new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse", ["Username"] = ann.Email });
                break;
        }
    }
}
