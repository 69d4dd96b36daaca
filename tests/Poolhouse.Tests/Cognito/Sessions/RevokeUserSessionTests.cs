using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Sessions;

public sealed class RevokeUserSessionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("NONE")]
    [InlineData("LINKED")]
    public async Task It_ends_that_session_at_once_and_no_other(string? associated)
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (ended, kept) = (await bob.SignInAsync(), await bob.SignInAsync());

        var request = new JsonObject { ["SessionId"] = await pool.World.SessionIdAsync(ended) };
        if (associated is not null) request["RevokeAssociatedSessions"] = associated;
        var answer = await pool.World.OwnAsync("RevokeUserSession", kept, request);

        answer.Text.ShouldBe("{}");
        (await pool.World.OwnAsync("GetUser", ended)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.RefreshAsync(ended.Refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await pool.World.OwnAsync("GetUser", kept)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_callers_own_is_refused()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.World.OwnAsync("RevokeUserSession", tokens, new JsonObject { ["SessionId"] = await pool.World.SessionIdAsync(tokens) });

        answer.ShouldBeError("InvalidParameterException");
        (await pool.World.OwnAsync("GetUser", tokens)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Somebody_elses_does_not_exist()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var (bob, eve) = (await (await pool.ConfirmedAsync("bob")).SignInAsync(), await (await pool.ConfirmedAsync("eve")).SignInAsync());
        var id = await pool.World.SessionIdAsync(bob);

        (await pool.World.OwnAsync("RevokeUserSession", eve, new JsonObject { ["SessionId"] = id })).ShouldBeError("ResourceNotFoundException");
        (await pool.AdminAsync("AdminRevokeUserSession", "eve", new JsonObject { ["SessionId"] = id })).ShouldBeError("ResourceNotFoundException");
        (await pool.World.OwnAsync("GetUser", bob)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Another_pools_does_not_exist()
    {
        var world = await World.OnAsync();
        var (pool, foreign) = (await world.SessionPoolAsync(), await world.SessionPoolAsync());
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await foreign.ConfirmedAsync("bob");

        (await foreign.AdminAsync("AdminRevokeUserSession", "bob", new JsonObject { ["SessionId"] = await world.SessionIdAsync(tokens) }))
            .ShouldBeError("ResourceNotFoundException");
        (await world.OwnAsync("GetUser", tokens)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_administrator_ends_it_once()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var request = new JsonObject { ["SessionId"] = await pool.World.SessionIdAsync(tokens) };

        (await pool.AdminAsync("AdminRevokeUserSession", "bob", request.DeepClone().AsObject())).Text.ShouldBe("{}");

        (await pool.World.OwnAsync("GetUser", tokens)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.AdminAsync("AdminRevokeUserSession", "bob", request)).ShouldBeError("ResourceNotFoundException");
    }

    [Fact]
    public async Task What_else_to_revoke_is_one_of_two()
    {
        var pool = await (await World.OnAsync()).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var request = new JsonObject { ["SessionId"] = "tkn", ["RevokeAssociatedSessions"] = "ALL" };

        (await pool.World.OwnAsync("RevokeUserSession", tokens, request.DeepClone().AsObject())).ShouldBeError("InvalidParameterException");
        (await pool.AdminAsync("AdminRevokeUserSession", "bob", request)).ShouldBeError("InvalidParameterException");
        (await pool.World.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh, ["RevokeAssociatedSessions"] = "ALL" }))
            .ShouldBeError("InvalidParameterException");
        (await pool.World.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh, ["RevokeAssociatedSessions"] = "LINKED" }))
            .Status.ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_revocations_one_wins(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).SessionPoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var id = await pool.World.SessionIdAsync(tokens);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            pool.AdminAsync("AdminRevokeUserSession", "bob", new JsonObject { ["SessionId"] = id })));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Type == "ResourceNotFoundException").ShouldBe(63);
    }
}
