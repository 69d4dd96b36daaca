using System.Diagnostics;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Cluster;

/// <summary>What is configured on one node is so on every node within a second, there and back.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ConfigurationTests(SharedCluster shared) : IAsyncDisposable
{
    private const string Block = """{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":false,"EventAction":"BLOCK"},"MediumAction":{"Notify":false,"EventAction":"BLOCK"},"HighAction":{"Notify":false,"EventAction":"BLOCK"}}}}""";

    private readonly TestCluster cluster = shared.Cluster;
    private readonly ClusterClient client = shared.Cluster.NewClient();

    public async ValueTask DisposeAsync()
    {
        cluster.TellIfFailed();
        await client.DisposeAsync();
    }

    [Fact]
    public async Task UpdateUserPool()
    {
        var pool = await client.Front.PoolAsync();

        // What is wrong with the password is said only to who may sign up.
        await ChangesAsync(
            node => pool.On(node).PublicAsync("SignUp", "eve", new JsonObject { ["Password"] = "short" }),
            (node, isClosed) => pool.On(node).ConfigureAsync("UpdateUserPool", new JsonObject
            {
                ["AutoVerifiedAttributes"] = new JsonArray("email"), ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = isClosed },
            }),
            isChanged => answer => answer.Type == (isChanged ? "NotAuthorizedException" : "InvalidPasswordException"));
    }

    [Fact]
    public async Task UpdateUserPoolClient()
    {
        var pool = await client.Front.PoolAsync();
        await pool.ConfirmedAsync("bob");

        await ChangesAsync(
            node => new SrpPerson(pool.On(node)).StartAsync("bob"),
            (node, isClosed) => pool.On(node).ConfigureAsync("UpdateUserPoolClient", new JsonObject
            {
                ["ClientId"] = pool.ClientId,
                ["ExplicitAuthFlows"] = isClosed ? new JsonArray("ALLOW_REFRESH_TOKEN_AUTH") : new JsonArray("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"),
            }),
            isChanged => answer => answer.Status == (isChanged ? 400 : 200));
    }

    [Fact]
    public async Task SetUserPoolMfaConfig()
    {
        var pool = await client.Front.PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        await ChangesAsync(
            node => bob.On(node).TrySignInAsync(),
            (node, isRequired) => pool.On(node).SetMfaAsync(isRequired ? "ON" : "OFF", isRequired ? "totp" : ""),
            isChanged => answer => answer.Json.ContainsKey(isChanged ? "ChallengeName" : "AuthenticationResult"));
    }

    [Fact]
    public async Task SetRiskConfiguration()
    {
        var pool = await client.Front.ThreatPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        (await bob.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
        var network = 0;

        // From a network that nobody knows, each time.
        await ChangesAsync(
            node => bob.On(node).SignInFromAsync($"203.0.{Interlocked.Increment(ref network)}.1"),
            (node, isBlocked) => pool.On(node).SetRiskAsync(isBlocked ? Block : """{"RiskExceptionConfiguration":{"SkippedIPRangeList":["203.0.0.0/16"]}}"""),
            isChanged => answer => answer.Status == (isChanged ? 400 : 200));
    }

    [Fact]
    public async Task DeleteUserPoolClient()
    {
        var pool = await client.Front.PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        foreach (var node in client.Each()) (await node.GetUserAsync(tokens.Access)).Status.ShouldBe(200);

        await pool.On(client.At(0)).ConfigureAsync("DeleteUserPoolClient", new JsonObject { ["ClientId"] = pool.ClientId }).ShouldSucceedAsync();

        await FeltAsync("its token", node => node.GetUserAsync(tokens.Access), answer => answer.Status == 400);
        await FeltAsync("its name", node => pool.On(node).GetTokensAsync(tokens.Refresh!), answer => answer.Type == "ResourceNotFoundException");
    }

    // There and back, made on one node and felt on the others.
    private async Task ChangesAsync(Func<World, Task<Answer>> ask, Func<World, bool, Task<Answer>> change, Func<bool, Func<Answer, bool>> isSo)
    {
        // Whatever nodes remember of it, they remember now.
        foreach (var node in client.Each()) isSo(false)(await ask(node)).ShouldBeTrue();
        foreach (var isChanged in (bool[])[true, false])
        {
            await change(client.At(isChanged ? 0 : 1), isChanged).ShouldSucceedAsync();
            await FeltAsync(isChanged ? "the change" : "the way back", ask, isSo(isChanged));
        }
    }

    private async Task FeltAsync(string what, Func<World, Task<Answer>> ask, Func<Answer, bool> isSo)
    {
        var done = Stopwatch.StartNew();
        await Task.WhenAll(client.Each().Select((node, i) => Felt.WithinASecondAsync(done, $"{what} on node {i}", async () => isSo(await ask(node)))));
    }
}
