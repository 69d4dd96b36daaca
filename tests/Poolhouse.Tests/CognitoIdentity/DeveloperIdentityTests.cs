using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class DeveloperIdentityTests
{
    private const string Provider = "login.shop";
    private const string Itself = "cognito-identity.amazonaws.com";
    private const int Racers = 64;

    [Fact]
    public async Task A_user_of_the_developers_has_one_identity_and_a_token_that_gets_credentials()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await PoolAsync(scene);

        var (id, token) = await TokenAsync(pool, "u1", new JsonObject { ["TokenDuration"] = 86_400, ["PrincipalTags"] = new JsonObject { ["team"] = "blue" } });
        var (again, _) = await TokenAsync(pool, "u1");
        var credentials = await pool.CredentialsAsync(id, null, (Itself, token));

        again.ShouldBe(id);
        credentials.Status.ShouldBe(200, credentials.Text);
        (await pool.GetIdAsync((Itself, token))).ShouldBe(id);
        var claims = Tokens.Claims(token);
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(86_400);
        claims["amr"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldBe(["authenticated", Provider, $"{Provider}:{pool.Id}:u1"]);
        claims["https://aws.amazon.com/tags"]!["principal_tags"]!["team"]![0]!.GetValue<string>().ShouldBe("blue");
        var next = (await scene.World.AboutAsync("GetOpenIdToken", id, new JsonObject { ["Logins"] = new JsonObject { [Itself] = token } })).Json["Token"]!.GetValue<string>();
        Tokens.Claims(next)["https://aws.amazon.com/tags"]!["principal_tags"]!["team"]![0]!.GetValue<string>().ShouldBe("blue");
    }

    [Fact]
    public async Task Its_token_is_for_its_own_identity_and_pool_only()
    {
        var scene = await IdentityScene.GetAsync();
        var (pool, other) = (await PoolAsync(scene), await PoolAsync(scene));
        var (id, token) = await TokenAsync(pool, "u1");
        var (second, _) = await TokenAsync(pool, "u2");
        var (foreign, _) = await TokenAsync(other, "u1");

        (await pool.CredentialsAsync(second, null, (Itself, token))).ShouldBeError(
            "NotAuthorizedException", "Logins don't match. Please include at least one valid login for this identity or identity pool.");
        (await other.CredentialsAsync(foreign, null, (Itself, token))).ShouldBeError("NotAuthorizedException", "Invalid login token. Incorrect token audience.");
        (await pool.CredentialsAsync(id, null, (Itself, token[..^8] + "AAAAAAAA"))).ShouldBeError("NotAuthorizedException", "Invalid login token. Couldn't verify signed token.");
        (await pool.CredentialsAsync(id, null)).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_token_ends_after_the_time_that_was_asked()
    {
        var scene = await IdentityScene.StartAsync();
        await using var world = scene.World;
        var pool = await PoolAsync(scene);
        var (id, token) = await TokenAsync(pool, "u1", new JsonObject { ["TokenDuration"] = 60 });
        await world.AdvanceAsync("PT1M1S");

        (await pool.CredentialsAsync(id, null, (Itself, token))).Message!.ShouldStartWith("Invalid login token. Token expired: ");
    }

    [Fact]
    public async Task A_user_is_linked_to_the_identity_that_is_named_unless_it_has_one()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await PoolAsync(scene, await scene.World.PoolAsync());
        var bobs = await pool.TokenAsync("bob");
        var (bob, guest) = (await pool.GetIdAsync((pool.Provider, bobs)), await pool.GetIdAsync());

        var (linked, _) = await TokenAsync(pool, "u1", new JsonObject { ["IdentityId"] = bob });
        var (upgraded, _) = await TokenAsync(pool, "u2", new JsonObject { ["IdentityId"] = guest });

        (linked, upgraded).ShouldBe((bob, guest));
        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request("u1", new JsonObject { ["IdentityId"] = guest }))).ShouldBeError(
            "DeveloperUserAlreadyRegisteredException");
        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request("u3", new JsonObject { ["IdentityId"] = "us-east-1:0" }))).ShouldBeError("ResourceNotFoundException");
        (await scene.World.AboutAsync("DescribeIdentity", bob)).Json["Logins"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Other_logins_that_come_along_are_verified_and_linked()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await PoolAsync(scene, await scene.World.PoolAsync());
        var bobs = await pool.TokenAsync("bob");
        var request = Request("u1");
        request["Logins"]![pool.Provider] = bobs;

        var id = (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", request).ShouldSucceedAsync())["IdentityId"]!.GetValue<string>();

        (await pool.GetIdAsync((pool.Provider, bobs))).ShouldBe(id);
        var wrong = Request("u2");
        wrong["Logins"]![pool.Provider] = bobs[..^8] + "AAAAAAAA";
        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", wrong)).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task A_pool_without_a_developers_provider_has_no_such_users()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync();

        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request("u1"))).ShouldBeError("InvalidParameterException");
        (await pool.CallAsync("LookupDeveloperIdentity", new JsonObject { ["DeveloperUserIdentifier"] = "u1" })).ShouldBeError("ResourceNotFoundException");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_first_calls_for_one_user_all_get_one_identity(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await TestIdentityPool.CreateAsync(world, members: new JsonObject { ["DeveloperProviderName"] = Provider });

        var ids = await Task.WhenAll(Enumerable.Range(0, Racers).Select(async _ => (await TokenAsync(pool, "u1")).Id));

        ids.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Merges_the_one_way_and_the_other_at_once_leave_one_identity_with_both_users(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await TestIdentityPool.CreateAsync(world, members: new JsonObject { ["DeveloperProviderName"] = Provider });
        await TokenAsync(pool, "a");
        await TokenAsync(pool, "b");

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => i % 2 == 0 ? MergeAsync(pool, "a", "b") : MergeAsync(pool, "b", "a")));

        answers.ShouldAllBe(a => a.Status == 200 || a.Type == "TooManyRequestsException");
        answers.ShouldContain(a => a.Status == 200);
        (await TokenAsync(pool, "a")).Id.ShouldBe((await TokenAsync(pool, "b")).Id);
    }

    [Fact]
    public async Task A_merge_moves_every_login_and_disables_the_source()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await PoolAsync(scene, await scene.World.PoolAsync());
        var bobs = await pool.TokenAsync("bob");
        var source = await pool.GetIdAsync((pool.Provider, bobs));
        await TokenAsync(pool, "s", new JsonObject { ["IdentityId"] = source });
        var (destination, _) = await TokenAsync(pool, "d");

        var merged = (await MergeAsync(pool, "s", "d").ShouldSucceedAsync())["IdentityId"]!.GetValue<string>();

        merged.ShouldBe(destination);
        (await TokenAsync(pool, "s")).Id.ShouldBe(destination);
        (await pool.GetIdAsync((pool.Provider, bobs))).ShouldBe(destination);
        (await pool.CredentialsAsync(source, null, (pool.Provider, bobs))).ShouldBeError("ResourceNotFoundException");
    }

    [Fact]
    public async Task A_merge_of_two_people_at_one_public_provider_is_refused_and_so_is_one_of_nobody()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await PoolAsync(scene, await scene.World.PoolAsync());
        await TokenAsync(pool, "s", new JsonObject { ["IdentityId"] = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("bob"))) });
        await TokenAsync(pool, "d", new JsonObject { ["IdentityId"] = await pool.GetIdAsync((pool.Provider, await pool.TokenAsync("ann"))) });

        (await MergeAsync(pool, "s", "d")).ShouldBeError("ResourceConflictException");
        (await MergeAsync(pool, "s", "nobody")).ShouldBeError("ResourceNotFoundException");
        (await MergeAsync(pool, "s", "d", "login.other")).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task A_lookup_works_from_both_sides()
    {
        var pool = await PoolAsync(await IdentityScene.GetAsync());
        var (id, _) = await TokenAsync(pool, "u1");
        for (var i = 2; i <= 5; i++) await TokenAsync(pool, $"u{i}", new JsonObject { ["IdentityId"] = id });
        var (other, _) = await TokenAsync(pool, "x");

        var first = (await LookupAsync(pool, new JsonObject { ["IdentityId"] = id, ["MaxResults"] = 3 })).Json;
        var second = (await LookupAsync(pool, new JsonObject { ["IdentityId"] = id, ["MaxResults"] = 3, ["NextToken"] = first["NextToken"]!.GetValue<string>() })).Json;

        Users(first).Concat(Users(second)).ShouldBe(["u1", "u2", "u3", "u4", "u5"]);
        (await LookupAsync(pool, new JsonObject { ["DeveloperUserIdentifier"] = "u3" })).Json["IdentityId"]!.GetValue<string>().ShouldBe(id);
        Users((await LookupAsync(pool, new JsonObject { ["IdentityId"] = id, ["DeveloperUserIdentifier"] = "u3" })).Json).ShouldBe(["u3"]);
        (await LookupAsync(pool, new JsonObject { ["IdentityId"] = other, ["DeveloperUserIdentifier"] = "u3" })).ShouldBeError("ResourceConflictException");
        (await LookupAsync(pool, new JsonObject { ["DeveloperUserIdentifier"] = "nobody" })).ShouldBeError("ResourceNotFoundException");
        (await LookupAsync(pool, [])).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task An_identity_has_at_most_twenty_of_the_developers_users()
    {
        var pool = await PoolAsync(await IdentityScene.GetAsync());
        var (id, _) = await TokenAsync(pool, "u0");
        for (var i = 1; i < 20; i++) await TokenAsync(pool, $"u{i}", new JsonObject { ["IdentityId"] = id });

        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request("u20", new JsonObject { ["IdentityId"] = id }))).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task An_unlinked_user_becomes_a_new_identity()
    {
        var pool = await PoolAsync(await IdentityScene.GetAsync());
        var (id, token) = await TokenAsync(pool, "u1");
        var (other, _) = await TokenAsync(pool, "u2");

        (await UnlinkAsync(pool, other, "u1")).ShouldBeError("ResourceNotFoundException");
        (await UnlinkAsync(pool, id, "u1")).Text.ShouldBe("");

        (await pool.CredentialsAsync(id, null, (Itself, token))).ShouldBeError("NotAuthorizedException");
        (await TokenAsync(pool, "u1")).Id.ShouldNotBe(id);
        (await UnlinkAsync(pool, id, "u1")).ShouldBeError("ResourceNotFoundException");
    }

    [Fact]
    public async Task An_identifier_as_long_as_it_may_be_is_one_identity_and_a_longer_one_none()
    {
        var pool = await PoolAsync(await IdentityScene.GetAsync());
        var longest = string.Concat(Enumerable.Repeat("漢", 1024));

        (await TokenAsync(pool, longest)).Id.ShouldBe((await TokenAsync(pool, longest)).Id);
        (await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request(longest + "x"))).ShouldBeError("InvalidParameterException");
    }

    private static Task<TestIdentityPool> PoolAsync(IdentityScene scene, TestPool? users = null) =>
        scene.PoolAsync(users, new JsonObject { ["DeveloperProviderName"] = Provider });

    private static JsonObject Request(string user, JsonObject? members = null)
    {
        var request = members ?? [];
        request["Logins"] = new JsonObject { [Provider] = user };
        return request;
    }

    private static async Task<(string Id, string Token)> TokenAsync(TestIdentityPool pool, string user, JsonObject? members = null)
    {
        var answer = await pool.CallAsync("GetOpenIdTokenForDeveloperIdentity", Request(user, members)).ShouldSucceedAsync();
        return (answer["IdentityId"]!.GetValue<string>(), answer["Token"]!.GetValue<string>());
    }

    private static Task<Answer> MergeAsync(TestIdentityPool pool, string source, string destination, string provider = Provider) => pool.CallAsync(
        "MergeDeveloperIdentities",
        new JsonObject { ["SourceUserIdentifier"] = source, ["DestinationUserIdentifier"] = destination, ["DeveloperProviderName"] = provider });

    private static Task<Answer> LookupAsync(TestIdentityPool pool, JsonObject request) => pool.CallAsync("LookupDeveloperIdentity", request);

    private static Task<Answer> UnlinkAsync(TestIdentityPool pool, string id, string user) => pool.CallAsync(
        "UnlinkDeveloperIdentity", new JsonObject { ["IdentityId"] = id, ["DeveloperProviderName"] = Provider, ["DeveloperUserIdentifier"] = user });

    private static IEnumerable<string> Users(JsonObject answer) => answer["DeveloperUserIdentifierList"]!.AsArray().Select(u => u!.GetValue<string>());
}
