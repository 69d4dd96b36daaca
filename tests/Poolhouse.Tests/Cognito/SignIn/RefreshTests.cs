using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

public sealed class RefreshTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_refresh_keeps_the_sign_ins_claims_and_reads_the_rest_anew(Engine engine)
    {
        await using var world = await World.StartAsync(engine);
        var pool = await world.PoolAsync();
        var first = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync("AdminUpdateUserAttributes", "bob", new JsonObject { ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("nickname", "Bobby")) });
        await world.AdvanceAsync("PT10M");

        var answer = await pool.RefreshOldAsync(first.Refresh!);

        var second = answer.ShouldBeSignedIn();
        foreach (var (before, after) in new[] { (first.Access, second.Access), (first.Id, second.Id) })
        {
            var (old, fresh) = (Testing.Tokens.Claims(before), Testing.Tokens.Claims(after));
            foreach (var kept in (string[])["auth_time", "event_id", "origin_jti", "sub", "iss"]) fresh[kept]!.ToJsonString().ShouldBe(old[kept]!.ToJsonString(), kept);
            fresh["jti"]!.ToJsonString().ShouldNotBe(old["jti"]!.ToJsonString());
            (fresh["iat"]!.GetValue<long>() - old["iat"]!.GetValue<long>()).ShouldBeInRange(600, 660);
            (fresh["exp"]!.GetValue<long>() - fresh["iat"]!.GetValue<long>()).ShouldBe(3600);
        }

        Testing.Tokens.Claims(second.Id)["nickname"]!.GetValue<string>().ShouldBe("Bobby");
        second.Refresh.ShouldBeNull();
        answer.Json["ChallengeParameters"]!.AsObject().Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_newer_call_has_no_challenge_parameters_and_no_refresh_token()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var first = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.GetTokensAsync(first.Refresh!);

        answer.ShouldBeSignedIn().Refresh.ShouldBeNull();
        answer.Json.Select(p => p.Key).ShouldBe(["AuthenticationResult"]);
    }

    [Fact]
    public async Task The_token_is_opaque_and_has_five_parts()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var token = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        token.Split('.').Length.ShouldBe(5);
        token.ShouldNotContain(pool.ClientId);
    }

    [Fact]
    public async Task A_token_that_is_none_is_invalid()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var parts = tokens.Refresh!.Split('.');
        string[] forgeries =
        [
            "garbage", "....", tokens.Access, tokens.Id, tokens.Refresh + "x", tokens.Refresh[..^1],
            string.Join('.', parts[0], parts[1], parts[2], parts[3], "AAAAAAAAAAAAAAAAAAAAAA"),
            string.Join('.', parts[0], "AAAA", parts[2], parts[3], parts[4]),
            new string('A', 5000),
        ];

        foreach (var forgery in forgeries)
            (await pool.RefreshOldAsync(forgery)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        foreach (var forgery in forgeries.Where(f => f.Length < 4000))
            (await pool.GetTokensAsync(forgery)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
    }

    [Fact]
    public async Task A_token_of_another_pool_or_client_is_refused()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var sibling = await TestPool.CreateAsync(world, pool.Id);
        var stranger = await world.PoolAsync();
        var token = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;

        (await sibling.RefreshOldAsync(token)).ShouldBeError("NotAuthorizedException", "Refresh Token has different Client");
        (await stranger.RefreshOldAsync(token)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
        (await sibling.GetTokensAsync(token)).ShouldBeError("NotAuthorizedException", "Refresh Token has different Client");
        (await stranger.GetTokensAsync(token)).ShouldBeError("NotAuthorizedException", "Invalid Refresh Token");
    }

    [Fact]
    public async Task A_token_expires_with_its_family()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var token = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
        await world.AdvanceAsync("P29D");
        (await pool.RefreshOldAsync(token)).ShouldBeSignedIn();
        await world.AdvanceAsync("P1DT1M");

        var answer = await pool.RefreshOldAsync(token);

        answer.ShouldBeError("NotAuthorizedException", "Refresh Token has expired");
    }

    [Fact]
    public async Task A_revoked_token_and_its_access_token_stop_at_once_and_other_sign_ins_go_on()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var (first, second) = (await bob.SignInAsync(), await bob.SignInAsync());
        await pool.World.DoAsync("RevokeToken", Revocation(pool, first));

        (await pool.RefreshOldAsync(first.Refresh!)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        (await pool.World.GetUserAsync(first.Access)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
        (await pool.World.CallAsync("RevokeToken", Revocation(pool, first))).Status.ShouldBe(200);
        (await pool.World.GetUserAsync(second.Access)).Status.ShouldBe(200);
        (await pool.RefreshOldAsync(second.Refresh!)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Global_sign_out_ends_every_sign_in_of_the_user_and_nobody_elses()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var alice = await (await pool.ConfirmedAsync("alice")).SignInAsync();
        var (first, second) = (await bob.SignInAsync(), await bob.SignInAsync());
        await pool.World.DoAsync("GlobalSignOut", new JsonObject { ["AccessToken"] = first.Access });

        foreach (var tokens in new[] { first, second })
        {
            (await pool.World.GetUserAsync(tokens.Access)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
            (await pool.RefreshOldAsync(tokens.Refresh!)).ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
        }

        (await pool.World.GetUserAsync(alice.Access)).Status.ShouldBe(200);
        (await bob.TrySignInAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_disabled_users_token_is_refused_and_enabling_does_not_revive_it()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync("AdminDisableUser", "bob");
        var refreshed = await pool.RefreshOldAsync(tokens.Refresh!);
        var used = await pool.World.GetUserAsync(tokens.Access);
        await pool.ManageAsync("AdminEnableUser", "bob");

        var revived = await pool.RefreshOldAsync(tokens.Refresh!);

        refreshed.ShouldBeError("NotAuthorizedException", "User is disabled.");
        used.ShouldBeError("NotAuthorizedException", "User is disabled.");
        revived.ShouldBeError("NotAuthorizedException", "Refresh Token has been revoked");
    }

    [Fact]
    public async Task A_deleted_users_token_is_refused_also_after_the_name_is_taken_again()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync("AdminDeleteUser", "bob");
        var afterDeletion = await pool.RefreshOldAsync(tokens.Refresh!);
        await pool.ConfirmedAsync("bob");

        var afterSignUp = await pool.RefreshOldAsync(tokens.Refresh!);

        afterDeletion.ShouldBeError("NotAuthorizedException", "The user has been deleted for the associated refresh token");
        afterSignUp.ShouldBeError("NotAuthorizedException", "The user has been deleted for the associated refresh token");
    }

    [Fact]
    public async Task A_new_password_ends_no_sign_in()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        await pool.ManageAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = "Another-horse-2", ["Permanent"] = true });

        (await pool.World.GetUserAsync(tokens.Access)).Status.ShouldBe(200);
        (await pool.RefreshOldAsync(tokens.Refresh!)).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_missing_token_is_named()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.StartAsync("REFRESH_TOKEN_AUTH", []);

        answer.ShouldBeError("InvalidParameterException", "Missing required parameter REFRESH_TOKEN");
    }

    [Fact]
    public async Task Without_revocation_the_access_token_has_no_origin_and_cannot_be_revoked()
    {
        var client = SignInCalls.Client();
        client["EnableTokenRevocation"] = false;
        var pool = await (await World.OnAsync()).PoolAsync(client: client);
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        var answer = await pool.World.CallAsync("RevokeToken", Revocation(pool, tokens));

        Testing.Tokens.Claims(tokens.Access).ContainsKey("origin_jti").ShouldBeFalse();
        answer.Type.ShouldBe("UnsupportedOperationException");
    }

    private static JsonObject Revocation(TestPool pool, Testing.Tokens tokens) => new() { ["ClientId"] = pool.ClientId, ["Token"] = tokens.Refresh };
}
