using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Tokens;

public sealed class RevokeTokenTests
{
    [Fact]
    public async Task It_ends_this_sign_in_and_no_other()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (ended, kept) = (await bob.SignInAsync(), await bob.SignInAsync());

        var answer = await RevokeAsync(pool, ended.Refresh);

        answer.Text.ShouldBe("{}");
        (await pool.RefreshAsync(ended.Refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await pool.World.OwnAsync("GetUser", ended)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.World.OwnAsync("GetUser", kept)).Status.ShouldBe(200);
        (await pool.RefreshAsync(kept.Refresh)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_second_call_answers_alike()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await RevokeAsync(pool, tokens.Refresh);

        (await RevokeAsync(pool, tokens.Refresh)).Text.ShouldBe("{}");
    }

    [Fact]
    public async Task An_old_parent_revokes_the_family()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 },
        });
        var parent = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh;
        var child = Testing.Tokens.Of(await pool.RefreshAsync(parent).ShouldSucceedAsync());

        await RevokeAsync(pool, parent);

        (await pool.RefreshAsync(child.Refresh)).Type.ShouldBe("NotAuthorizedException");
        (await pool.World.OwnAsync("GetUser", child)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
    }

    [Fact]
    public async Task Other_tokens_are_not_supported()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await RevokeAsync(pool, tokens.Access)).Type.ShouldBe("UnsupportedTokenTypeException");
    }

    [Fact]
    public async Task Another_client_may_not()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var other = await TestPool.CreateAsync(pool.World, pool.Id);

        (await RevokeAsync(other, tokens.Refresh)).Type.ShouldBe("UnauthorizedException");
        (await pool.RefreshAsync(tokens.Refresh)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrongwrongwrongwrongwrong")]
    public async Task A_client_with_a_secret_proves_it(string? secret)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["GenerateSecret"] = true });
        var request = new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = "x" };
        if (secret is not null) request["ClientSecret"] = secret;

        (await pool.World.CallAsync("RevokeToken", request)).ShouldBeError("UnauthorizedException", "Invalid client or secret");
    }

    [Fact]
    public async Task An_unknown_client_is_told_like_a_wrong_secret() =>
        (await (await World.OnAsync()).CallAsync("RevokeToken", new JsonObject { ["ClientId"] = "nobody", ["Token"] = "x" }))
            .ShouldBeError("UnauthorizedException", "Invalid client or secret");

    [Fact]
    public async Task A_client_without_revocation_may_not()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject { ["EnableTokenRevocation"] = false });

        (await RevokeAsync(pool, "x")).Type.ShouldBe("UnsupportedOperationException");
    }

    private static Task<Answer> RevokeAsync(TestPool pool, string? token) =>
        pool.World.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = token });
}
