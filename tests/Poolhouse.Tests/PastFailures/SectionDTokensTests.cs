using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.PastFailures;

/// <summary>Section D: tokens, and what they are exchanged for.</summary>
public sealed class SectionDTokensTests
{
    /// <summary>A token's header chose how it was verified: not at all, or by the public key as if that were a shared secret.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS512")]
    [InlineData("")]
    public async Task Failure_29_no_header_of_a_token_chooses_how_it_is_verified(string algorithm)
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();
        var keys = await world.Http.GetStringAsync("/us-east-1_Poolhouse/.well-known/jwks.json", TestContext.Current.CancellationToken);
        var parts = account.Access.Split('.');
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.AsObject();
        var key = JsonNode.Parse(keys)!["keys"]!.AsArray().Single(k => k.Text("kid") == header.Text("kid"))!;
        header["alg"] = algorithm;
        header["jwk"] = key.DeepClone();
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{parts[1]}";
        byte[][] secrets = [Base64Url.DecodeFromChars(key.Text("n")), Encoding.UTF8.GetBytes(key.ToJsonString()), []];
        string[] forgeries =
        [
            signed + ".", signed + "." + parts[2], .. secrets.Select(s => $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(s, Encoding.ASCII.GetBytes(signed)))}"),
        ];

        foreach (var forgery in forgeries)
        {
            (await world.GetUserAsync(forgery)).ShouldBeError("NotAuthorizedException");
            (await world.ApiAsync(HttpMethod.Get, "me", null, forgery)).Status.ShouldBe(401);
        }
    }

    /// <summary>A refresh token that had been replaced worked again: for who came at the same moment, and after a restart.</summary>
    [Fact]
    public async Task Failure_30_no_replaced_refresh_token_lives_again_at_once_or_after_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("poolhouse-restart-").FullName;
        string first, next;
        Answer[] answers;
        TestPool pool;
        await using (var world = await World.StartAsync(Engine.Sqlite, "--data", data))
        {
            pool = await RotationTests.RotatingAsync(world, 0);
            first = (await (await pool.ConfirmedAsync("bob")).SignInAsync()).Refresh!;
            answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => pool.GetTokensAsync(first))));
            next = answers.Single(a => a.Status == 200).ShouldBeSignedIn().Refresh!;
        }

        await using (var again = await World.StartAsync(Engine.Sqlite, "--data", data))
        {
            JsonObject Refresh(string token) => new() { ["ClientId"] = pool.ClientId, ["RefreshToken"] = token };
            (await again.CallAsync("GetTokensFromRefreshToken", Refresh(first))).ShouldBeError("RefreshTokenReuseException");
            (await again.CallAsync("GetTokensFromRefreshToken", Refresh(next))).ShouldBeSignedIn();
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>A code was good for everybody who brought it at the same moment, for another purpose, or for another client if it had not expired.</summary>
    [Fact]
    public async Task Failure_31_no_code_or_session_is_good_twice_or_elsewhere()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var other = await TestPool.CreateAsync(pool.World, pool.Id);
        var bob = await pool.VerifiedAsync("bob");
        await pool.World.CodeAsync(bob.Email);
        var code = await bob.ForgottenAsync(2);
        var session = await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "bob" });

        (await other.RespondAsync(session.Json, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password))).Status.ShouldBe(400);
        var resets = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => bob.ResetAsync(code, $"Another-horse-{i}"))));

        resets.Count(a => a.Status == 200).ShouldBe(1);
    }

    /// <summary>A token was answered for by whoever asked, though it had been made for somebody else; and the end of one hid the end of all.</summary>
    [Fact]
    public async Task Failure_33_no_token_serves_at_another_client_pool_or_application()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var other = await TestPool.CreateAsync(world, pool.Id);
        var bob = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        var account = await world.AccountAsync("swp");

        (await other.RefreshAsync(bob.Refresh)).ShouldBeError("NotAuthorizedException");
        (await world.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = other.ClientId, ["Token"] = bob.Refresh })).Status.ShouldBe(400);
        (await pool.RefreshAsync(bob.Refresh)).ShouldBeSignedIn();
        (await world.ApiAsync(HttpMethod.Get, "me", null, bob.Access)).ShouldBeProblem(401, "TOKEN_INVALID");
        (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh, ["application"] = "ltd" })).Status.ShouldBe(401);

        // What ends all ends this one, whatever is said of one of them afterwards.
        await world.CallAsync("AdminUserGlobalSignOut", new JsonObject { ["UserPoolId"] = pool.Id, ["Username"] = "bob" });
        await world.CallAsync("RevokeToken", new JsonObject { ["ClientId"] = pool.ClientId, ["Token"] = bob.Refresh });
        (await world.GetUserAsync(bob.Access)).ShouldBeError("NotAuthorizedException");
        (await pool.RefreshAsync(bob.Refresh)).ShouldBeError("NotAuthorizedException");
    }

    /// <summary>Machines got scopes that their client had not been given.</summary>
    [Fact]
    public async Task Failure_34_no_scope_is_had_by_asking_for_it()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfigureAsync("CreateResourceServer", new JsonObject
        {
            ["Identifier"] = "api",
            ["Name"] = "api",
            ["Scopes"] = new JsonArray(
                new JsonObject { ["ScopeName"] = "read", ["ScopeDescription"] = "r" }, new JsonObject { ["ScopeName"] = "write", ["ScopeDescription"] = "w" }),
        }).ShouldSucceedAsync();
        var machine = await TestPool.CreateAsync(pool.World, pool.Id, new JsonObject
        {
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"),
            ["AllowedOAuthScopes"] = new JsonArray("api/read"),
        });

        foreach (var scope in new[] { "api/write", "api/read api/write", "aws.cognito.signin.user.admin", "openid", "*" })
        {
            var answer = await pool.World.CallAsync(
                "GetClientToken", new JsonObject { ["ClientId"] = machine.ClientId, ["Secret"] = machine.Secret, ["Scopes"] = new JsonArray([.. scope.Split(' ').Select(s => (JsonNode)s)]) });
            answer.Status.ShouldBe(400, $"{scope}: {answer.Text}");
        }

        // Nor does a person's token say more than that it is the person's.
        var bob = await (await pool.ConfirmedAsync("bob")).SignInAsync();
        Testing.Tokens.Claims(bob.Access)["scope"]!.GetValue<string>().ShouldBe("aws.cognito.signin.user.admin");
    }

    /// <summary>An Authorization header of no form was passed over, or brought the server down.</summary>
    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer null")]
    [InlineData("bearer undefined")]
    [InlineData("Basic Og==")]
    [InlineData("Basic !!!")]
    [InlineData("Negotiate")]
    [InlineData("Bearer a.b.c, Bearer d.e.f")]
    [InlineData("Bearer .e30.")]
    [InlineData("Bearer e30.bnVsbA.e30")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("\"")]
    public async Task Failure_36_no_malformed_authorization_is_passed_over(string header)
    {
        var world = await World.OnAsync();

        (await world.ApiWithAsync(HttpMethod.Get, "me", null, ("Authorization", header))).Status.ShouldBe(401);
        (await world.ApiWithAsync(HttpMethod.Get, "activities/home", null, ("Authorization", header))).Status.ShouldBe(401);
        (await world.CallWithAsync("ListUserPools", new JsonObject { ["MaxResults"] = 1 }, ("Authorization", header))).Status.ShouldBe(400);
    }

    /// <summary>A token stayed good when its end was cut off, since only its beginning was looked at.</summary>
    [Fact]
    public async Task Failure_37_no_part_of_a_token_is_a_token()
    {
        var world = await World.OnAsync();
        var account = await world.AccountAsync();

        foreach (var cut in new[] { 1, 2, 4, 80, 171 })
        {
            (await world.ApiAsync(HttpMethod.Get, "me", null, account.Access[..^cut])).Status.ShouldBe(401);
            (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh[..^cut] })).Status.ShouldBe(401);
        }

        foreach (var tail in new[] { "A", "=", ".", ".AAAA" })
        {
            (await world.ApiAsync(HttpMethod.Get, "me", null, account.Access + tail)).Status.ShouldBe(401);
            (await world.ApiAsync(HttpMethod.Post, "auth/refresh", new JsonObject { ["refresh_token"] = account.Refresh + tail })).Status.ShouldBe(401);
        }

        (await account.GetAsync("me")).Good();
    }
}
