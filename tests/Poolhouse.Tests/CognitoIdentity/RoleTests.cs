using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.Groups;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class RoleTests
{
    private const string Role = "arn:aws:iam::000000000000:role/x";

    [Fact]
    public async Task Roles_and_mappings_are_answered_as_they_were_set()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var mapping = JsonNode.Parse($$$"""
            {"Type":"Rules","AmbiguousRoleResolution":"Deny","RulesConfiguration":{"Rules":[{"Claim":"a","MatchType":"Equals","Value":"b","RoleARN":"{{{Role}}}"}]}}
            """)!;

        (await SetAsync(pool, mapping.DeepClone())).Text.ShouldBe("");

        var answer = (await pool.CallAsync("GetIdentityPoolRoles")).Json;
        answer["Roles"]!.ToJsonString().ShouldBe($$"""{"authenticated":"{{IdentityScene.Member}}","unauthenticated":"{{IdentityScene.Guest}}"}""");
        JsonNode.DeepEquals(answer["RoleMappings"]![Key(pool)], mapping).ShouldBeTrue(answer.ToJsonString());
    }

    [Fact]
    public async Task A_pool_without_roles_answers_none()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync(authenticated: null, unauthenticated: null);

        (await pool.CallAsync("GetIdentityPoolRoles")).Text.ShouldBe($$"""{"IdentityPoolId":"{{pool.Id}}"}""");
    }

    [Theory]
    [InlineData("""{"Type":"Token"}""", "AmbiguousRoleResolution")]
    [InlineData("""{"Type":"Rules","AmbiguousRoleResolution":"Deny"}""", "RulesConfiguration")]
    [InlineData("""{"Type":"Token","AmbiguousRoleResolution":"Deny","RulesConfiguration":{"Rules":[{"Claim":"a","MatchType":"Equals","Value":"b","RoleARN":"arn:aws:iam::000000000000:role/x"}]}}""", "Token")]
    [InlineData("""{"Type":"Rules","AmbiguousRoleResolution":"Deny","RulesConfiguration":{"Rules":[{"Claim":"a","MatchType":"Equals","Value":"b","RoleARN":"arn:aws:iam::1:user/someone-else"}]}}""", "ARN of a role")]
    public async Task A_mapping_that_could_not_work_is_refused(string mapping, string named)
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());

        var answer = await SetAsync(pool, JsonNode.Parse(mapping)!);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message!.ShouldContain(named);
    }

    [Theory]
    [InlineData(25, 200)]
    [InlineData(26, 400)]
    public async Task A_mapping_has_at_most_25_rules(int count, int status)
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        var rules = new JsonArray([.. Enumerable.Range(0, count).Select(i => new JsonObject { ["Claim"] = "a", ["MatchType"] = "Equals", ["Value"] = $"{i}", ["RoleARN"] = Role })]);

        var answer = await SetAsync(pool, new JsonObject
        {
            ["Type"] = "Rules", ["AmbiguousRoleResolution"] = "Deny", ["RulesConfiguration"] = new JsonObject { ["Rules"] = rules },
        });

        answer.Status.ShouldBe(status, answer.Text);
    }

    [Fact]
    public async Task A_mapping_is_for_a_provider_of_the_pool()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());

        foreach (var key in new[] { "accounts.google.com", pool.Provider, $"{pool.Provider}:other" })
        {
            (await pool.CallAsync("SetIdentityPoolRoles", new JsonObject
            {
                ["Roles"] = new JsonObject(), ["RoleMappings"] = new JsonObject { [key] = new JsonObject { ["Type"] = "Token", ["AmbiguousRoleResolution"] = "Deny" } },
            })).ShouldBeError("InvalidParameterException", $"The role mapping '{key}' is for no provider of this identity pool.");
        }
    }

    [Fact]
    public async Task A_role_comes_from_the_users_groups_and_may_be_chosen_among_them()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        await SetAsync(pool, new JsonObject { ["Type"] = "Token", ["AmbiguousRoleResolution"] = "Deny" });
        await pool.Users!.CreateGroupAsync("chiefs", IdentityScene.Chief, 1);
        await pool.Users!.CreateGroupAsync("members", IdentityScene.Member, 2);
        var bob = await pool.Users!.ConfirmedAsync("bob");
        var without = (await bob.SignInAsync()).Id;
        await pool.Users!.MemberAsync("AdminAddUserToGroup", "bob", "chiefs");
        await pool.Users!.MemberAsync("AdminAddUserToGroup", "bob", "members");
        var token = (await bob.SignInAsync()).Id;
        var id = await pool.GetIdAsync((pool.Provider, token));

        (await RoleOfAsync(scene, await pool.CredentialsAsync(id, null, (pool.Provider, token)))).ShouldBe("Chief");
        (await RoleOfAsync(scene, await pool.CredentialsAsync(id, Custom(IdentityScene.Member), (pool.Provider, token)))).ShouldBe("Member");
        (await pool.CredentialsAsync(id, Custom(IdentityScene.Guest), (pool.Provider, token))).ShouldBeError(
            "NotAuthorizedException", $"Access to Role '{IdentityScene.Guest}' is forbidden.");
        (await pool.CredentialsAsync(id, null, (pool.Provider, without))).ShouldBeError("NotAuthorizedException");
    }

    [Fact]
    public async Task Rules_read_claims_in_their_order_and_leave_the_caller_no_choice()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync());
        await SetAsync(pool, JsonNode.Parse($$$"""
            {"Type":"Rules","AmbiguousRoleResolution":"AuthenticatedRole","RulesConfiguration":{"Rules":[
              {"Claim":"cognito:groups","MatchType":"Contains","Value":"chiefs","RoleARN":"{{{IdentityScene.Chief}}}"},
              {"Claim":"email","MatchType":"StartsWith","Value":"ann","RoleARN":"{{{IdentityScene.Guest}}}"}]}}
            """)!);
        await pool.Users!.CreateGroupAsync("chiefs");
        var (bob, ann, eve) = (await pool.Users!.ConfirmedAsync("bob"), await pool.TokenAsync("ann"), await pool.TokenAsync("eve"));
        await pool.Users!.MemberAsync("AdminAddUserToGroup", "bob", "chiefs");
        var bobs = (await bob.SignInAsync()).Id;

        async Task<Answer> For(string token, JsonObject? members = null) =>
            await pool.CredentialsAsync(await pool.GetIdAsync((pool.Provider, token)), members, (pool.Provider, token));

        (await RoleOfAsync(scene, await For(bobs))).ShouldBe("Chief");
        (await RoleOfAsync(scene, await For(ann))).ShouldBe("Guest");
        (await RoleOfAsync(scene, await For(eve))).ShouldBe("Member");
        (await For(bobs, Custom(IdentityScene.Chief))).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Guests_choose_no_role()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync();

        (await pool.CredentialsAsync(await pool.GetIdAsync(), Custom(IdentityScene.Chief))).ShouldBeError("InvalidParameterException");
    }

    private static JsonObject Custom(string role) => new() { ["CustomRoleArn"] = role };

    private static string Key(TestIdentityPool pool) => $"{pool.Provider}:{pool.Users!.ClientId}";

    private static Task<Answer> SetAsync(TestIdentityPool pool, JsonNode mapping) => pool.CallAsync("SetIdentityPoolRoles", new JsonObject
    {
        ["Roles"] = new JsonObject { ["authenticated"] = IdentityScene.Member, ["unauthenticated"] = IdentityScene.Guest },
        ["RoleMappings"] = new JsonObject { [Key(pool)] = mapping },
    });

    // A call that no role may make says whose credentials these are.
    private static async Task<string> RoleOfAsync(IdentityScene scene, Answer credentials)
    {
        credentials.Status.ShouldBe(200, credentials.Text);
        var denied = await AwsSigner.Of(credentials.Json).CallAsync(
            scene.World, "AdminDisableUser", new JsonObject { ["UserPoolId"] = IdentityScene.NamedPool, ["Username"] = "x" });
        denied.ShouldBeError("AccessDeniedException");
        return denied.Message!.Split("assumed-role/")[1].Split('/')[0];
    }
}
