using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Tokens;

public sealed class GetTokensFromRefreshTokenTests
{
    [Fact]
    public async Task A_client_that_does_not_rotate_gets_no_refresh_token()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.RefreshAsync(tokens.Refresh).ShouldSucceedAsync();

        answer.ContainsKey("ChallengeParameters").ShouldBeFalse();
        Testing.Tokens.Of(answer).Refresh.ShouldBeNull();
        Testing.Tokens.Claims(Testing.Tokens.Of(answer).Access)["event_id"]!.GetValue<string>()
            .ShouldBe(Testing.Tokens.Claims(tokens.Access)["event_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_rotating_client_gets_another_refresh_token_and_may_not_use_the_first_again()
    {
        var pool = await RotatingAsync();
        var first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh;

        var second = Testing.Tokens.Of(await pool.RefreshAsync(first).ShouldSucceedAsync()).Refresh;

        second.ShouldNotBeNull();
        (await pool.RefreshAsync(first)).ShouldBeError("RefreshTokenReuseException", "Refresh token reuse detected");
        (await pool.RefreshAsync(second)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task One_of_many_at_once_rotates()
    {
        var pool = await RotatingAsync();
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh;

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => pool.RefreshAsync(refresh)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "RefreshTokenReuseException");
    }

    [Fact]
    public async Task A_revoked_family_is_refused_without_a_word_where_tokens_rotate()
    {
        var pool = await RotatingAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.World.DoAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh });

        var answer = await pool.RefreshAsync(tokens.Refresh);

        answer.Text.ShouldBe("""{"__type":"NotAuthorizedException"}""");
    }

    [Fact]
    public async Task The_secret_is_sent_as_it_is()
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: new JsonObject
        {
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
        });
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh;

        var missing = await CallAsync(pool, refresh, secret: null);
        var wrong = await CallAsync(pool, refresh, "wrongwrongwrongwrongwrong");

        missing.ShouldBeError("NotAuthorizedException", $"Client {pool.ClientId} is configured for secret but secret was not received");
        wrong.ShouldBeError("NotAuthorizedException", $"Unable to verify secret hash for client {pool.ClientId}");
        (await CallAsync(pool, refresh, pool.Secret)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Garbage_and_other_clients_tokens_are_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var refresh = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh;
        var other = await TestPool.CreateAsync(pool.World, pool.Id);

        (await pool.RefreshAsync("garbage")).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        (await other.RefreshAsync(refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has different Client");
    }

    private static Task<Answer> CallAsync(TestPool pool, string? refresh, string? secret)
    {
        var request = new JsonObject { ["ClientId"] = pool.ClientId, ["RefreshToken"] = refresh };
        if (secret is not null) request["ClientSecret"] = secret;
        return pool.World.CallAsync("GetTokensFromRefreshToken", request);
    }

    private static async Task<TestPool> RotatingAsync() => await (await World.OnAsync()).PoolAsync(client: new JsonObject
    {
        ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
        ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 },
    });
}
