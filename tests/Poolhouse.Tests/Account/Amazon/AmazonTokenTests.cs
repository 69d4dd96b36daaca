using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;
using Poolhouse.Server.Wire;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>Tokens of a pool at Amazon: verified here by its keys, and asked of it for what was revoked.</summary>
public sealed class AmazonTokenTests
{
    [Fact]
    public async Task Only_what_the_pool_signed_for_here_and_now_is_accepted()
    {
        await using var world = await AmazonWorld.StartAsync();
        var account = await world.AccountAsync();
        var claims = Tokens.Claims(account.Access);
        var key = (await world.Remote.Services.GetRequiredService<PoolKeys>().GetAsync(new PoolId(AmazonScene.PoolId), default)).Access;
        var other = SigningKey.Create();
        string Signed(SigningKey by, params (string Name, JsonNode? Value)[] changes)
        {
            var payload = claims.DeepClone().AsObject();
            foreach (var (name, value) in changes) payload[name] = value;
            return Jwt.Sign(by, Encoding.UTF8.GetBytes(payload.ToJsonString()));
        }

        var parts = account.Access.Split('.');
        var none = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"none","kid":"{{key.KeyId}}"}"""));
        var past = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds();
        var cases = new (string Name, string Token, string Code)[]
        {
            ("changed", $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString() + " "))}.{parts[2]}", "TOKEN_INVALID"),
            ("alg none", $"{none}.{parts[1]}.", "TOKEN_INVALID"),
            ("alg none, with a signature", $"{none}.{parts[1]}.{parts[2]}", "TOKEN_INVALID"),
            ("a key that nobody published", Signed(other), "TOKEN_INVALID"),
            ("another pool", Signed(key, ("iss", world.Remote.Url + "/us-east-1_PoolhouseSwp")), "TOKEN_INVALID"),
            ("another issuer", Signed(key, ("iss", "https://cognito-idp.us-east-1.amazonaws.com/" + AmazonScene.PoolId)), "TOKEN_INVALID"),
            ("an ID token", Signed(key, ("token_use", "id")), "TOKEN_INVALID"),
            ("expired", Signed(key, ("exp", past)), "TOKEN_EXPIRED"),
            ("without the user's scope", Signed(key, ("scope", "email")), "TOKEN_INVALID"),
            ("of a user who never was", Signed(key, ("sub", Guid.NewGuid().ToString())), "TOKEN_REVOKED"),
            ("without a sign-in", Signed(key, ("origin_jti", null), ("event_id", null), ("jti", null)), "TOKEN_INVALID"),
            ("with a time that is none", Signed(key, ("exp", "soon")), "TOKEN_INVALID"),
            ("with a time beyond time", Signed(key, ("exp", long.MaxValue)), "TOKEN_INVALID"),
        };

        foreach (var (name, token, code) in cases)
        {
            var answer = await world.Front.ApiAsync(HttpMethod.Get, "features", null, token);
            answer.Status.ShouldBe(401, $"{name}: {answer.Text}");
            answer.Json["code"]!.GetValue<string>().ShouldBe(code, name);
        }

        (await account.GetAsync("features")).Good();
    }

    [Fact]
    public async Task Keys_that_the_pool_changes_are_fetched_once_they_are_met()
    {
        var wall = new ManualTime(DateTimeOffset.UtcNow);
        await using var world = await AmazonWorld.StartAsync(AmazonScene.ClientId, services => services.AddSingleton(new WallClock(wall)));
        var account = await world.AccountAsync();
        (await account.GetAsync("features")).Good();
        var keys = world.Remote.Services.GetRequiredService<PoolKeys>();
        (await keys.RotateAsync(new PoolId(AmazonScene.PoolId), DateTimeOffset.UtcNow.AddSeconds(-1), default)).ShouldBeTrue();

        // Keys are asked for at most every half minute, whatever ids are met.
        var early = await world.LoginAsync(account.Email);
        wall.Advance(TimeSpan.FromSeconds(31));
        var later = await world.LoginAsync(account.Email);

        early.ShouldBeProblem(401, "TOKEN_INVALID");
        later.Good();
        (await account.GetAsync("features")).Good();
    }

    [Fact]
    public async Task What_is_revoked_at_the_pool_is_felt_within_the_time_that_is_set()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "5"));
        var account = await world.AccountAsync();
        (await account.GetAsync("features")).Good();
        var asked = world.Between.Count("GetUser");

        await world.DoAsync("AdminUserGlobalSignOut", account.Email);
        (await account.GetAsync("features")).Good();
        world.Between.Count("GetUser").ShouldBe(asked);
        await world.Front.AdvanceAsync("PT5S");

        (await account.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await account.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
        world.Between.Count("GetUser").ShouldBe(asked + 1);
    }

    [Fact]
    public async Task Many_requests_with_one_token_ask_the_pool_once()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "5"));
        var account = await world.AccountAsync();
        await world.Front.AdvanceAsync("PT6S");
        var asked = world.Between.Count("GetUser");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => account.GetAsync("features"))));

        foreach (var answer in answers) answer.Good();
        (world.Between.Count("GetUser") - asked).ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_disabled_or_gone_at_the_pool_is_nobody_here()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "0"));
        var (disabled, gone) = (await world.AccountAsync(), await world.AccountAsync());

        await world.DoAsync("AdminDisableUser", disabled.Email);
        await world.DoAsync("AdminDeleteUser", gone.Email);

        (await disabled.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await gone.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await world.LoginAsync(disabled.Email)).ShouldBeProblem(403, "USER_DISABLED");
        await world.DoAsync("AdminEnableUser", disabled.Email);
        (await world.LoginAsync(disabled.Email)).Good();
    }

    [Fact]
    public async Task One_sign_in_ends_and_no_other_and_its_refresh_token_dies_with_it()
    {
        await using var world = await AmazonWorld.StartAsync(("RevocationSeconds", "5"));
        var here = await world.AccountAsync();
        var there = await world.Front.SignInAsync(here.Email);

        (await here.PostAsync("auth/logout", new JsonObject { ["refresh_token"] = here.Refresh })).Text.ShouldBe("""{"message":"Logged out"}""");

        (await here.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
        (await there.GetAsync("features")).Good();
        var refresh = new JsonObject { ["ClientId"] = AmazonScene.ClientId, ["RefreshToken"] = here.Refresh };
        (await world.Remote.CallAsync("GetTokensFromRefreshToken", refresh)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        // Everywhere: felt at once where it was asked for.
        (await there.PostAsync("auth/logout", new JsonObject { ["everywhere"] = true })).Good();
        (await there.GetAsync("features")).ShouldBeProblem(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task Without_its_refresh_token_a_sign_in_ends_here_with_all_that_descends_from_it()
    {
        await using var world = await AmazonWorld.StartAsync();
        var account = await world.AccountAsync();
        (await account.PostAsync("auth/logout")).Good();

        var refreshed = await world.PostAsync("auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh });

        refreshed.ShouldBeProblem(401, "TOKEN_REVOKED");
    }
}
