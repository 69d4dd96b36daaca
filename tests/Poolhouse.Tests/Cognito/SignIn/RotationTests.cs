using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class RotationTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Each_refresh_replaces_the_token(Engine engine)
    {
        var pool = await RotatingAsync(await World.OnAsync(engine), 0);
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        var second = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;
        var third = (await pool.GetTokensAsync(second)).ShouldBeSignedIn().Refresh!;

        new[] { first, second, third }.ShouldBeUnique();
        (await pool.GetTokensAsync(third)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Reuse_is_told_and_does_not_end_the_sign_in()
    {
        var pool = await RotatingAsync(await World.OnAsync(), 0);
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
        var second = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;

        var reused = await pool.GetTokensAsync(first);

        reused.ShouldBeError("RefreshTokenReuseException", "Refresh token reuse detected");
        (await pool.GetTokensAsync(second)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Within_the_grace_the_parent_works_and_displaces_its_child()
    {
        await using var world = await World.StartAsync();
        var pool = await RotatingAsync(world, 30);
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
        var lost = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;
        await world.AdvanceAsync("PT20S");
        var retried = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;
        await world.AdvanceAsync("PT15S");

        var tooLate = await pool.GetTokensAsync(first);
        var displaced = await pool.GetTokensAsync(lost);
        var current = await pool.GetTokensAsync(retried);

        tooLate.ShouldBeError("RefreshTokenReuseException", "Refresh token reuse detected");
        displaced.ShouldBeError("RefreshTokenReuseException", "Refresh token reuse detected");
        current.ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_grandparent_is_reuse_even_within_the_grace()
    {
        var pool = await RotatingAsync(await World.OnAsync(), 60);
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
        var second = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;
        await pool.GetTokensAsync(second);

        var answer = await pool.GetTokensAsync(first);

        answer.ShouldBeError("RefreshTokenReuseException", "Refresh token reuse detected");
    }

    [Theory]
    [InlineData("REFRESH_TOKEN_AUTH")]
    [InlineData("REFRESH_TOKEN")]
    public async Task The_old_call_does_not_rotate_and_says_so_before_all_else(string flow)
    {
        var pool = await RotatingAsync(await World.OnAsync(), 0);

        var answer = await pool.StartAsync(flow, new JsonObject { ["REFRESH_TOKEN"] = "anything" });

        answer.ShouldBeError("UnsupportedOperationException", "This API does not support refresh token rotation");
    }

    [Fact]
    public async Task Any_token_of_the_family_revokes_it_and_the_refresh_then_has_no_words()
    {
        var pool = await RotatingAsync(await World.OnAsync(), 0);
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var second = (await pool.GetTokensAsync(tokens.Refresh!)).ShouldBeSignedIn();
        await pool.World.DoAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh });

        var answer = await pool.GetTokensAsync(second.Refresh!);

        answer.Text.ShouldBe("""{"__type":"NotAuthorizedException"}""");
        (await pool.World.GetUserAsync(tokens.Access)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.World.GetUserAsync(second.Access)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
    }

    [Fact]
    public async Task Rotation_ends_no_access_token_and_extends_no_lifetime()
    {
        await using var world = await World.StartAsync();
        var pool = await RotatingAsync(world, 0);
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var token = (await pool.GetTokensAsync(tokens.Refresh!)).ShouldBeSignedIn().Refresh!;
        (await world.GetUserAsync(tokens.Access)).Status.ShouldBe(200);
        await world.AdvanceAsync("P20D");
        token = (await pool.GetTokensAsync(token)).ShouldBeSignedIn().Refresh!;
        await world.AdvanceAsync("P11D");

        var answer = await pool.GetTokensAsync(token);

        answer.ShouldBeError("NotAuthorizedException", "Refresh Token has expired");
    }

    [Fact]
    public async Task Turned_off_it_leaves_the_current_token_usable_and_its_parents_revoked()
    {
        var pool = await RotatingAsync(await World.OnAsync(), 0);
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
        var second = (await pool.GetTokensAsync(first)).ShouldBeSignedIn().Refresh!;
        await pool.World.DoAsync("UpdateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId, ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"),
        });

        (await pool.GetTokensAsync(second)).ShouldBeSignedIn();
        (await pool.GetTokensAsync(first)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
    }

    internal static Task<TestPool> RotatingAsync(World world, int graceSeconds) => world.PoolAsync(client: new JsonObject
    {
        ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH"),
        ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = graceSeconds },
    });
}
