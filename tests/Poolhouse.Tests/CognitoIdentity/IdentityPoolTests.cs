using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.CognitoIdentity;

public sealed class IdentityPoolTests
{
    [Fact]
    public async Task A_pool_is_described_as_it_was_made()
    {
        var scene = await IdentityScene.GetAsync();
        var users = await scene.World.PoolAsync();
        var pool = await scene.PoolAsync(users, new JsonObject
        {
            ["AllowClassicFlow"] = true,
            ["SupportedLoginProviders"] = new JsonObject { ["accounts.google.com"] = "google-app" },
            ["DeveloperProviderName"] = "login.shop",
            ["OpenIdConnectProviderARNs"] = new JsonArray(scene.ArnOf("issuer")),
            ["IdentityPoolTags"] = new JsonObject { ["a"] = "1" },
        });

        var described = (await pool.CallAsync("DescribeIdentityPool")).Json;

        pool.Id.ShouldMatch("^us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        described["IdentityPoolName"]!.GetValue<string>().ShouldBe("Test");
        described["AllowUnauthenticatedIdentities"]!.GetValue<bool>().ShouldBeTrue();
        described["AllowClassicFlow"]!.GetValue<bool>().ShouldBeTrue();
        described["SupportedLoginProviders"]!.ToJsonString().ShouldBe("""{"accounts.google.com":"google-app"}""");
        described["DeveloperProviderName"]!.GetValue<string>().ShouldBe("login.shop");
        described["OpenIdConnectProviderARNs"]![0]!.GetValue<string>().ShouldBe(scene.ArnOf("issuer"));
        described["CognitoIdentityProviders"]![0]!.ToJsonString().ShouldBe(
            $$"""{"ProviderName":"{{pool.Provider}}","ClientId":"{{users.ClientId}}","ServerSideTokenCheck":true}""");
        described["IdentityPoolTags"]!.ToJsonString().ShouldBe("""{"a":"1"}""");
    }

    [Fact]
    public async Task An_update_resets_what_it_leaves_out_but_keeps_roles_tags_and_the_developers_provider()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(await scene.World.PoolAsync(), new JsonObject { ["DeveloperProviderName"] = "login.shop", ["IdentityPoolTags"] = new JsonObject { ["a"] = "1" } });

        var updated = (await pool.CallAsync("UpdateIdentityPool", new JsonObject { ["IdentityPoolName"] = "Other", ["AllowUnauthenticatedIdentities"] = false })).Json;

        updated["IdentityPoolName"]!.GetValue<string>().ShouldBe("Other");
        updated["AllowUnauthenticatedIdentities"]!.GetValue<bool>().ShouldBeFalse();
        updated["CognitoIdentityProviders"].ShouldBeNull();
        updated["DeveloperProviderName"]!.GetValue<string>().ShouldBe("login.shop");
        updated["IdentityPoolTags"]!["a"]!.GetValue<string>().ShouldBe("1");
        (await pool.CallAsync("GetIdentityPoolRoles")).Json["Roles"]!["authenticated"]!.GetValue<string>().ShouldBe(IdentityScene.Member);
    }

    [Fact]
    public async Task A_developers_provider_keeps_its_name()
    {
        var pool = await (await IdentityScene.GetAsync()).PoolAsync(members: new JsonObject { ["DeveloperProviderName"] = "login.shop" });

        var answer = await pool.CallAsync(
            "UpdateIdentityPool", new JsonObject { ["IdentityPoolName"] = "T", ["AllowUnauthenticatedIdentities"] = true, ["DeveloperProviderName"] = "login.other" });

        answer.ShouldBeError("InvalidParameterException", "DeveloperProviderName can't be changed once it is set.");
    }

    [Theory]
    [InlineData("""{"SamlProviderARNs":["arn:aws:iam::000000000000:saml-provider/x"]}""", "SAML")]
    [InlineData("""{"SupportedLoginProviders":{"graph.facebook.com":"1"}}""", "graph.facebook.com")]
    [InlineData("""{"OpenIdConnectProviderARNs":["arn:aws:iam::000000000000:oidc-provider/unknown.example.com"]}""", "unknown.example.com")]
    [InlineData("""{"CognitoIdentityProviders":[{"ClientId":"x"}]}""", "Invalid Cognito Identity Provider")]
    [InlineData("""{"CognitoIdentityProviders":[{"ProviderName":"cognito-idp.eu-west-1.amazonaws.com/us-east-1_x","ClientId":"x"}]}""", "Invalid Cognito Identity Provider")]
    [InlineData("""{"DeveloperProviderName":"accounts.google.com"}""", "DeveloperProviderName")]
    [InlineData("""{"IdentityPoolTags":{"aws:x":"1"}}""", "aws:")]
    public async Task What_nothing_here_can_act_on_is_refused_by_name(string members, string named)
    {
        var scene = await IdentityScene.GetAsync();
        var request = JsonNode.Parse(members)!.AsObject();
        request["IdentityPoolName"] = "T";
        request["AllowUnauthenticatedIdentities"] = false;

        var answer = await scene.World.IdentityAsync("CreateIdentityPool", request);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message!.ShouldContain(named);
    }

    [Fact]
    public async Task Entries_without_a_value_are_none()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(authenticated: null, unauthenticated: null, members: new JsonObject
        {
            ["IdentityPoolTags"] = new JsonObject { ["a"] = null }, ["SupportedLoginProviders"] = new JsonObject { ["accounts.google.com"] = null },
        });

        var set = await pool.CallAsync("SetIdentityPoolRoles", new JsonObject
        {
            ["Roles"] = new JsonObject { ["authenticated"] = null }, ["RoleMappings"] = new JsonObject { ["accounts.google.com"] = null },
        });

        set.Status.ShouldBe(200, set.Text);
        (await pool.CallAsync("GetIdentityPoolRoles")).Json["Roles"].ShouldBeNull();
        var described = (await pool.CallAsync("DescribeIdentityPool")).Json;
        described["IdentityPoolTags"].ShouldBeNull();
        described["SupportedLoginProviders"].ShouldBeNull();
    }

    [Fact]
    public async Task Two_names_of_one_provider_are_one_provider()
    {
        var scene = await IdentityScene.GetAsync();
        var users = await scene.World.PoolAsync();
        var host = new Uri(scene.World.Url).Authority;
        var twice = new JsonArray(TestIdentityPool.ProviderOf(users), $"{host}/{users.Id}");

        var answer = await scene.World.IdentityAsync("CreateIdentityPool", new JsonObject
        {
            ["IdentityPoolName"] = "T",
            ["AllowUnauthenticatedIdentities"] = false,
            ["CognitoIdentityProviders"] = new JsonArray([.. twice.Select(n => new JsonObject { ["ProviderName"] = n!.GetValue<string>(), ["ClientId"] = users.ClientId })]),
        });

        answer.ShouldBeError("InvalidParameterException", "Duplicate Cognito Identity Provider");
    }

    [Fact]
    public async Task More_than_fifty_user_pools_are_too_many()
    {
        var scene = await IdentityScene.GetAsync();

        var answer = await scene.World.IdentityAsync("CreateIdentityPool", new JsonObject
        {
            ["IdentityPoolName"] = "T",
            ["AllowUnauthenticatedIdentities"] = false,
            ["CognitoIdentityProviders"] = new JsonArray([.. Enumerable.Range(0, 51).Select(i =>
                new JsonObject { ["ProviderName"] = "cognito-idp.us-east-1.amazonaws.com/us-east-1_x", ["ClientId"] = $"c{i}" })]),
        });

        answer.ShouldBeError("LimitExceededException");
    }

    [Fact]
    public async Task Pools_are_listed_page_by_page_and_a_cursor_is_good_for_one_list_only()
    {
        var scene = await IdentityScene.GetAsync();
        var made = new[] { (await scene.PoolAsync()).Id, (await scene.PoolAsync()).Id, (await scene.PoolAsync()).Id };

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = (await scene.World.IdentityAsync("ListIdentityPools", new JsonObject { ["MaxResults"] = 2, ["NextToken"] = token })).Json;
            seen.AddRange(page["IdentityPools"]!.AsArray().Select(p => p!["IdentityPoolId"]!.GetValue<string>()));
            token = page["NextToken"]?.GetValue<string>() ?? null;
        }
        while (token is not null);

        made.ShouldBeSubsetOf(seen);
        seen.ShouldBeUnique();
        (await scene.World.IdentityAsync("ListIdentityPools", new JsonObject { ["MaxResults"] = 2, ["NextToken"] = "x" })).ShouldBeError("InvalidParameterException");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public async Task A_page_has_one_to_sixty_and_constraints_have_the_services_own_error(int most)
    {
        var scene = await IdentityScene.GetAsync();

        var answer = await scene.World.IdentityAsync("ListIdentityPools", new JsonObject { ["MaxResults"] = most });

        answer.ShouldBeError("ValidationException");
        answer.Message!.ShouldStartWith($"1 validation error detected: Value '{most}' at 'maxResults' failed to satisfy constraint: Member must have value");
    }

    [Fact]
    public async Task A_deleted_pool_takes_its_identities_along()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync();
        var guest = await pool.GetIdAsync();

        (await pool.CallAsync("DeleteIdentityPool")).Text.ShouldBe("");

        (await scene.World.AboutAsync("DescribeIdentity", guest)).ShouldBeError("ResourceNotFoundException", $"Identity '{guest}' not found.");
        (await pool.CallAsync("DeleteIdentityPool")).ShouldBeError("ResourceNotFoundException", $"IdentityPool '{pool.Id}' not found.");
    }

    [Theory]
    [InlineData("DescribeIdentityPool", "{}")]
    [InlineData("GetId", "{}")]
    [InlineData("GetIdentityPoolRoles", "{}")]
    [InlineData("SetIdentityPoolRoles", """{"Roles":{}}""")]
    [InlineData("ListIdentities", """{"MaxResults":1}""")]
    [InlineData("GetPrincipalTagAttributeMap", """{"IdentityProviderName":"x"}""")]
    [InlineData("SetPrincipalTagAttributeMap", """{"IdentityProviderName":"x"}""")]
    [InlineData("LookupDeveloperIdentity", """{"DeveloperUserIdentifier":"x"}""")]
    [InlineData("MergeDeveloperIdentities", """{"SourceUserIdentifier":"a","DestinationUserIdentifier":"b","DeveloperProviderName":"p"}""")]
    [InlineData("GetOpenIdTokenForDeveloperIdentity", """{"Logins":{"p":"u"}}""")]
    [InlineData("UnlinkDeveloperIdentity", """{"IdentityId":"us-east-1:0","DeveloperProviderName":"p","DeveloperUserIdentifier":"u"}""")]
    [InlineData("UpdateIdentityPool", """{"IdentityPoolName":"x","AllowUnauthenticatedIdentities":true}""")]
    public async Task A_pool_that_is_not_there_is_not_found(string operation, string members)
    {
        const string id = "us-east-1:00000000-0000-4000-8000-00000000dead";
        var request = JsonNode.Parse(members)!.AsObject();
        request["IdentityPoolId"] = id;

        var answer = await (await IdentityScene.GetAsync()).World.IdentityAsync(operation, request);

        answer.ShouldBeError("ResourceNotFoundException", $"IdentityPool '{id}' not found.");
    }

    [Fact]
    public async Task Tags_come_and_go_by_the_pools_arn()
    {
        var scene = await IdentityScene.GetAsync();
        var pool = await scene.PoolAsync(members: new JsonObject { ["IdentityPoolTags"] = new JsonObject { ["a"] = "1" } });
        var arn = $"arn:aws:cognito-identity:us-east-1:000000000000:identitypool/{pool.Id}";

        (await scene.World.IdentityAsync("TagResource", new JsonObject { ["ResourceArn"] = arn, ["Tags"] = new JsonObject { ["a"] = "2", ["b"] = "" } })).Text.ShouldBe("{}");
        (await scene.World.IdentityAsync("UntagResource", new JsonObject { ["ResourceArn"] = arn, ["TagKeys"] = new JsonArray("b", "c") })).Text.ShouldBe("{}");

        (await scene.World.IdentityAsync("ListTagsForResource", new JsonObject { ["ResourceArn"] = arn })).Json["Tags"]!.ToJsonString().ShouldBe("""{"a":"2"}""");
        (await scene.World.IdentityAsync("ListTagsForResource", new JsonObject { ["ResourceArn"] = arn.Replace("000000000000", "000000000001", StringComparison.Ordinal) }))
            .ShouldBeError("ResourceNotFoundException");
        (await scene.World.IdentityAsync("ListTagsForResource", new JsonObject { ["ResourceArn"] = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/x" }))
            .ShouldBeError("InvalidParameterException");
    }
}
