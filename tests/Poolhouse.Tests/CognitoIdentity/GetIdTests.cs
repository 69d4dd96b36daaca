using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class GetIdTests
{
    private const int Racers = 64;

    [Fact]
    public async Task A_login_has_one_identity_whatever_token_and_name_it_comes_with()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var bob = await pool.Users!.ConfirmedAsync("bob");
        var host = $"{new Uri(scene.World.Url).Authority}/{pool.Users.Id}";

        var first = await pool.GetIdAsync((pool.Provider, (await bob.SignInAsync()).Id));
        var second = await pool.GetIdAsync((pool.Provider, (await bob.SignInAsync()).Id));
        var byHost = await pool.GetIdAsync((host, (await bob.SignInAsync()).Id));
        var both = await pool.GetIdAsync((host, (await bob.SignInAsync()).Id), (pool.Provider, (await bob.SignInAsync()).Id));
        var other = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("ann")));

        new[] { second, byHost, both }.ShouldAllBe(id => id == first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_provider_named_by_this_servers_host_is_the_same_provider()
    {
        var scene = await IdentityScene.GetAsync();
        var users = await scene.World.PoolAsync();
        var host = $"{new Uri(scene.World.Url).Authority}/{users.Id}";
        var pool = await scene.PoolAsync(users, new JsonObject { ["CognitoIdentityProviders"] = new JsonArray(new JsonObject { ["ProviderName"] = host, ["ClientId"] = users.ClientId }) });
        var token = await pool.TokenAsync("bob");

        (await pool.GetIdAsync((host, token))).ShouldBe(await pool.GetIdAsync((pool.Provider, token)));
    }

    [Fact]
    public async Task Every_guest_is_a_new_one()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync();

        (await pool.GetIdAsync()).ShouldNotBe(await pool.GetIdAsync());
    }

    [Fact]
    public async Task A_pool_without_guests_lets_none_in()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync(members: new JsonObject { ["AllowUnauthenticatedIdentities"] = false });

        (await pool.TryGetIdAsync()).ShouldBeError("NotAuthorizedException", "Unauthenticated access is not supported for this identity pool.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_first_calls_at_once_all_get_one_identity(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await TestIdentityPool.CreateAsync(world, await world.PoolAsync());
        var token = await pool.TokenAsync("bob");

        var ids = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => pool.GetIdAsync((pool.Provider, token))));

        ids.Distinct().ShouldHaveSingleItem();
        (await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 60 })).Json["Identities"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_upgrades_of_guests_by_one_login_at_once_one_wins_and_the_others_become_it(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await TestIdentityPool.CreateAsync(world, await world.PoolAsync());
        var token = await pool.TokenAsync("bob");
        var guests = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => pool.GetIdAsync()));

        var answers = await Task.WhenAll(guests.Select(guest =>
            world.AboutAsync("GetOpenIdToken", guest, new JsonObject { ["Logins"] = new JsonObject { [pool.Provider] = token } })));

        answers.ShouldAllBe(a => a.Status == 200);
        var winner = answers.Select(a => a.Json["IdentityId"]!.GetValue<string>()).Distinct().ShouldHaveSingleItem();
        guests.ShouldContain(winner);
        (await pool.CallAsync("ListIdentities", new JsonObject { ["MaxResults"] = 60, ["HideDisabled"] = true })).Json["Identities"]!.AsArray()
            .Select(i => i!["IdentityId"]!.GetValue<string>()).ShouldBe([winner]);
    }

    [Fact]
    public async Task Two_logins_in_one_call_are_linked_and_then_each_is_enough()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await WithIssuerAsync(scene);
        var bob = await pool.TokenAsync("bob");
        var carol = scene.Elsewhere.Token(subject: "carol-" + pool.Id);

        var id = await pool.GetIdAsync((pool.Provider, bob), (issuer, carol));

        (await pool.GetIdAsync((pool.Provider, bob))).ShouldBe(id);
        (await pool.GetIdAsync((issuer, carol))).ShouldBe(id);
        (await scene.World.AboutAsync("DescribeIdentity", id)).Json["Logins"]!.AsArray().Select(l => l!.GetValue<string>()).ShouldBe([issuer, pool.Provider], ignoreOrder: true);
    }

    [Fact]
    public async Task Logins_of_different_identities_conflict()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await WithIssuerAsync(scene);
        var (bob, carol) = (await pool.TokenAsync("bob"), scene.Elsewhere.Token(subject: "carol-" + pool.Id));
        await pool.GetIdAsync((pool.Provider, bob));
        await pool.GetIdAsync((issuer, carol));

        (await pool.TryGetIdAsync((pool.Provider, bob), (issuer, carol))).ShouldBeError("ResourceConflictException");
    }

    [Fact]
    public async Task An_identity_has_one_login_of_each_provider()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, issuer) = await WithIssuerAsync(scene);
        var carol = scene.Elsewhere.Token(subject: "carol-" + pool.Id);
        await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob")), (issuer, carol));

        (await pool.TryGetIdAsync((pool.Provider, await pool.TokenAsync("ann")), (issuer, carol))).ShouldBeError("ResourceConflictException");
    }

    [Fact]
    public async Task A_token_must_be_an_id_token_of_a_client_that_the_pool_names()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var tokens = await (await pool.Users!.ConfirmedAsync("bob")).SignInAsync();
        var otherClient = await TestPool.CreateAsync(scene.World, pool.Users.Id);
        var ofOtherClient = await (await otherClient.ConfirmedAsync("ann")).SignInAsync();
        var foreign = await scene.World.PoolAsync();
        var ofOtherPool = await (await foreign.ConfirmedAsync("eve")).SignInAsync();

        (await pool.TryGetIdAsync((pool.Provider, tokens.Access))).ShouldBeError("NotAuthorizedException", "Invalid login token. Missing a required claim: aud");
        (await pool.TryGetIdAsync((pool.Provider, ofOtherClient.Id))).ShouldBeError("NotAuthorizedException", "Token is not from a supported provider of this identity pool.");
        (await pool.TryGetIdAsync((pool.Provider, ofOtherPool.Id))).ShouldBeError("NotAuthorizedException", "Invalid login token. Issuer doesn't match providerName");
        (await pool.TryGetIdAsync((TestIdentityPool.ProviderOf(foreign), ofOtherPool.Id))).ShouldBeError("NotAuthorizedException", "Token is not from a supported provider of this identity pool.");
        (await pool.TryGetIdAsync((pool.Provider, tokens.Id[..^8] + "AAAAAAAA"))).ShouldBeError("NotAuthorizedException", "Invalid login token. Couldn't verify signed token.");
        (await pool.TryGetIdAsync((pool.Provider, "x"))).ShouldBeError("NotAuthorizedException", "Invalid login token. Not a valid OpenId Connect identity token.");
        (await pool.TryGetIdAsync(("accounts.google.com", tokens.Id))).ShouldBeError("NotAuthorizedException", "Token is not from a supported provider of this identity pool.");
        (await pool.TryGetIdAsync((pool.Provider, tokens.Id), ("accounts.google.com", tokens.Id))).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_token_whose_time_is_over_proves_nothing()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var pool = await scene.PoolAsync(await world.PoolAsync());
        var token = await pool.TokenAsync("bob");
        await world.AdvanceAsync("PT2H");

        var answer = await pool.TryGetIdAsync((pool.Provider, token));

        answer.ShouldBeError("NotAuthorizedException");
        answer.Message!.ShouldMatch("^Invalid login token\\. Token expired: [0-9]+ >= [0-9]+$");
    }

    [Theory]
    [InlineData("RevokeToken")]
    [InlineData("AdminUserGlobalSignOut")]
    [InlineData("AdminDisableUser")]
    [InlineData("AdminDeleteUser")]
    [InlineData("DeleteUserPoolClient")]
    public async Task A_server_side_check_sees_that_a_token_is_dead_and_without_one_it_counts(string death)
    {
        var scene = await IdentityScene.GetAsync();
        var users = await scene.World.PoolAsync();
        var strict = await scene.PoolAsync(users);
        var lax = await scene.PoolAsync(users, new JsonObject
        {
            ["CognitoIdentityProviders"] = new JsonArray(new JsonObject { ["ProviderName"] = strict.Provider, ["ClientId"] = users.ClientId, ["ServerSideTokenCheck"] = false }),
        });
        var tokens = await (await users.ConfirmedAsync("bob")).SignInAsync();
        await strict.GetIdAsync((strict.Provider, tokens.Id));

        var answer = death switch
        {
            "RevokeToken" => await scene.World.CallAsync(death, new JsonObject { ["ClientId"] = users.ClientId, ["Token"] = tokens.Refresh }),
            "DeleteUserPoolClient" => await scene.World.CallAsync(death, new JsonObject { ["ClientId"] = users.ClientId, ["UserPoolId"] = users.Id }),
            _ => await users.AdminAsync(death, "bob"),
        };
        answer.Status.ShouldBe(200, answer.Text);

        (await strict.TryGetIdAsync((strict.Provider, tokens.Id))).ShouldBeError("NotAuthorizedException", "Token is inactive");
        (await lax.TryGetIdAsync((strict.Provider, tokens.Id))).Status.ShouldBe(200);
    }

    internal static async Task<(TestIdentityPool Pool, string Issuer)> WithIssuerAsync(IdentityScene scene, JsonObject? members = null)
    {
        var request = members ?? [];
        request["OpenIdConnectProviderARNs"] = new JsonArray(scene.ArnOf("issuer"));
        return (await scene.PoolAsync(await scene.World.PoolAsync(), request), $"{scene.Elsewhere.Host}/issuer");
    }
}
