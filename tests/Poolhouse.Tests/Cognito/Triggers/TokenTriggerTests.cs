using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;
using static Poolhouse.Tests.Testing.Tokens;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class TokenTriggerTests
{
    [Fact]
    public async Task Version_1_gets_user_and_groups()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreTokenGeneration"] = arn });
        var ann = await pool.ConfirmedAsync("ann");
        await JoinAsync(pool, "admins", "arn:aws:iam::000000000000:role/admin");

        await ann.SignInAsync();

        tw.EventOf(arn).ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"TokenGeneration_Authentication",
             "request":{"userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"CONFIRMED","email":"{{{ann.Email}}}","email_verified":"false"},
              "groupConfiguration":{"groupsToOverride":["admins"],"iamRolesToOverride":["arn:aws:iam::000000000000:role/admin"],"preferredRole":"arn:aws:iam::000000000000:role/admin"}},
             "response":{"claimsOverrideDetails":null}}
            """);
    }

    [Fact]
    public async Task Version_1_changes_the_id_token_only()
    {
        var (id, access) = await SignInAsync("V1_0", """
            {"claimsOverrideDetails":{"claimsToAddOrOverride":{"family":"Blue","level":7,"active":true,"name":"Anna"},"claimsToSuppress":["email","missing"]}}
            """);

        (id.Text("family"), id.Text("level"), id.Text("active"), id.Text("name")).ShouldBe(("Blue", "7", "true", "Anna"));
        id["email"].ShouldBeNull();
        id["email_verified"].ShouldNotBeNull();
        access["family"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"claimsOverrideDetails":{"groupOverrideDetails":{"groupsToOverride":["x"],"iamRolesToOverride":["arn:aws:iam::000000000000:role/r"],"preferredRole":"arn:aws:iam::000000000000:role/r"}}}""", """["x"]""", "arn:aws:iam::000000000000:role/r")]
    [InlineData("""{"claimsOverrideDetails":{"groupOverrideDetails":{}}}""", null, null)]
    [InlineData("""{"claimsOverrideDetails":{"groupOverrideDetails":null}}""", null, null)]
    [InlineData("""{"claimsOverrideDetails":{}}""", """["admins"]""", "arn:aws:iam::000000000000:role/admin")]
    [InlineData("""{"claimsOverrideDetails":null}""", """["admins"]""", "arn:aws:iam::000000000000:role/admin")]
    public async Task Groups_are_replaced_in_both_tokens(string response, string? groups, string? role)
    {
        var (id, access) = await SignInAsync("V1_0", response);

        id["cognito:groups"]?.ToJsonString().ShouldBe(groups);
        access["cognito:groups"]?.ToJsonString().ShouldBe(groups);
        id["cognito:preferred_role"]?.GetValue<string>().ShouldBe(role);
    }

    [Theory]
    [InlineData("V2_0", "2")]
    [InlineData("V3_0", "3")]
    public async Task Versions_2_and_3_change_both_tokens_with_any_values(string version, string number)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = JsonNode.Parse("""
            {"claimsAndScopeOverrideDetails":{
              "idTokenGeneration":{"claimsToAddOrOverride":{"cart":[1,{"sku":"a","n":2.50}],"vip":true,"address":{"no":"object"}},"claimsToSuppress":["email"]},
              "accessTokenGeneration":{"claimsToAddOrOverride":{"tenant":{"id":"t1"},"n":3},"claimsToSuppress":["cognito:groups"],
                "scopesToAdd":["shop/read","two words","openid"],"scopesToSuppress":["aws.cognito.signin.user.admin"]}}}
            """));
        var pool = await tw.PoolAsync(Versioned(arn, version));
        var ann = await pool.ConfirmedAsync("ann");
        await JoinAsync(pool, "admins");

        var tokens = await ann.SignInAsync();

        var (id, access) = (Claims(tokens.Id), Claims(tokens.Access));
        id["cart"]!.ToJsonString().ShouldBe("""[1,{"sku":"a","n":2.50}]""");
        id["vip"]!.GetValue<bool>().ShouldBeTrue();
        id["email"].ShouldBeNull();
        id["address"].ShouldBeNull();
        access["tenant"]!["id"]!.GetValue<string>().ShouldBe("t1");
        access["n"]!.GetValue<int>().ShouldBe(3);
        access.Text("scope").ShouldBe("shop/read openid");
        access["cognito:groups"]!.ToJsonString().ShouldBe("""["admins"]""");
        var e = tw.EventOf(arn);
        e["version"]!.GetValue<string>().ShouldBe(number);
        e.Request()["scopes"]!.ToJsonString().ShouldBe("""["aws.cognito.signin.user.admin"]""");
        e.Response().ToJsonString().ShouldBe("""{"claimsAndScopeOverrideDetails":null}""");
        // Without its scope the token is none for the user API.
        (await tw.World.GetUserAsync(tokens.Access)).ShouldBeError("NotAuthorizedException", "Access Token does not have required scopes");
    }

    [Fact]
    public async Task What_makes_a_token_what_it_is_can_not_be_changed()
    {
        var reserved = """
            {"sub":"x","iss":"x","exp":1,"iat":1,"auth_time":1,"jti":"x","token_use":"x","event_id":"x","client_id":"x","username":"x","aud":"x",
             "origin_jti":"x","cognito:username":"x","cognito:groups":["x"],"cognito:roles":["x"],"cognito:preferred_role":"x","scope":"x","identities":[1],
             "acr":"x","amr":["x"],"azp":"x","nbf":1,"nonce":"x","at_hash":"x","device_key":"x","version":9,"aws:x":"x","dev:x":"x"}
            """;
        var names = new JsonArray([.. JsonNode.Parse(reserved)!.AsObject().Select(c => (JsonNode)c.Key)]);
        var generation = $$"""{"claimsToAddOrOverride":{{reserved}}}""";
        var suppression = $$"""{"claimsToSuppress":{{names.ToJsonString()}}}""";

        var (id, access) = await SignInAsync("V2_0", $$$"""{"claimsAndScopeOverrideDetails":{"idTokenGeneration":{{{generation}}},"accessTokenGeneration":{{{generation}}}}}""");
        var (plainId, plainAccess) = await SignInAsync("V2_0", $$$"""{"claimsAndScopeOverrideDetails":{"idTokenGeneration":{{{suppression}}},"accessTokenGeneration":{{{suppression}}}}}""");

        id.Select(c => c.Key).ShouldBe(plainId.Select(c => c.Key));
        access.Select(c => c.Key).ShouldBe(plainAccess.Select(c => c.Key));
        foreach (var claim in id.Concat(access)) claim.Value!.ToJsonString().ShouldNotBe("\"x\"", claim.Key);
        access["exp"]!.GetValue<long>().ShouldBeGreaterThan(1);
        id["cognito:groups"]!.ToJsonString().ShouldBe("""["admins"]""");
    }

    [Theory]
    [InlineData("V1_0", """{"claimsOverrideDetails":{"claimsToAddOrOverride":{"list":["a"]}}}""")]
    [InlineData("V1_0", """{"claimsOverrideDetails":{"claimsToSuppress":"email"}}""")]
    [InlineData("V1_0", """{"claimsOverrideDetails":{"groupOverrideDetails":["a"]}}""")]
    [InlineData("V2_0", """{"claimsAndScopeOverrideDetails":{"accessTokenGeneration":{"scopesToAdd":{"a":1}}}}""")]
    [InlineData("V2_0", """{"claimsAndScopeOverrideDetails":[]}""")]
    public async Task A_wrong_shape_gives_no_tokens(string version, string response)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(Versioned(tw.Functions.Add(e => e["response"] = JsonNode.Parse(response)), version));
        var ann = await pool.ConfirmedAsync("ann");

        (await ann.TrySignInAsync()).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }

    [Fact]
    public async Task A_refresh_and_a_new_password_are_sources_of_their_own()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreTokenGeneration"] = arn });
        var ann = await pool.InvitedAsync("ann");
        var challenge = (await ann.TrySignInAsync()).ShouldAskFor("NEW_PASSWORD_REQUIRED");

        var tokens = (await pool.RespondAsync("NEW_PASSWORD_REQUIRED", challenge.Session(), new JsonObject { ["USERNAME"] = "ann", ["NEW_PASSWORD"] = "Another-horse-2" })).ShouldBeSignedIn();
        (await pool.RefreshOldAsync(tokens.Refresh!)).Status.ShouldBe(200);
        (await tw.World.CallAsync("GetTokensFromRefreshToken", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["RefreshToken"] = tokens.Refresh,
            ["ClientMetadata"] = new JsonObject { ["a"] = "b" },
        })).Status.ShouldBe(200);

        var events = tw.Functions.EventsOf(arn);
        events.Select(e => e.Source()).ShouldBe(["TokenGeneration_NewPasswordChallenge", "TokenGeneration_RefreshTokens", "TokenGeneration_RefreshTokens"]);
        events.Select(e => e.Request()["clientMetadata"]?.ToJsonString()).ShouldBe([null, null, """{"a":"b"}"""]);
    }

    [Fact]
    public async Task A_function_that_fails_costs_no_refresh_token()
    {
        var tw = await TriggerWorld.OnAsync();
        var fails = false;
        var arn = tw.Functions.Add(_ =>
        {
            if (fails) throw new FunctionException("later");
        });
        var pool = await tw.PoolAsync(new JsonObject { ["PreTokenGeneration"] = arn }, client: new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["RefreshTokenRotation"] = new JsonObject { ["Feature"] = "ENABLED", ["RetryGracePeriodSeconds"] = 0 },
        });
        var tokens = await (await pool.ConfirmedAsync("ann")).SignInAsync();

        fails = true;
        (await pool.GetTokensAsync(tokens.Refresh!)).ShouldBeError("UserLambdaValidationException", "PreTokenGeneration failed with error later.");
        fails = false;

        (await pool.GetTokensAsync(tokens.Refresh!)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("V3_0", 1)]
    [InlineData("V2_0", 0)]
    public async Task Version_3_is_asked_about_tokens_of_machines_too(string version, int calls)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = JsonNode.Parse("""
            {"claimsAndScopeOverrideDetails":{"accessTokenGeneration":{"claimsToAddOrOverride":{"tenant":"t1","sub":"x"},"scopesToAdd":["api/more"]}}}
            """));
        var pool = await tw.World.DoAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test", ["LambdaConfig"] = Versioned(arn, version) });
        var id = pool["UserPool"]!["Id"]!.GetValue<string>();
        await tw.World.DoAsync("CreateResourceServer", new JsonObject
        {
            ["UserPoolId"] = id,
            ["Identifier"] = "api",
            ["Name"] = "api",
            ["Scopes"] = new JsonArray(new JsonObject { ["ScopeName"] = "read", ["ScopeDescription"] = "read" }),
        });
        var machine = await TestPool.CreateAsync(tw.World, id, new JsonObject
        {
            ["GenerateSecret"] = true,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CLIENT_TOKEN_AUTH"),
            ["AllowedOAuthScopes"] = new JsonArray("api/read"),
        });

        var answer = await tw.World.DoAsync("GetClientToken", new JsonObject { ["ClientId"] = machine.ClientId, ["Secret"] = machine.Secret });

        var claims = Claims(answer["ClientAuthenticationResult"]!["AccessToken"]!.GetValue<string>());
        claims.Text("scope").ShouldBe(calls == 1 ? "api/read api/more" : "api/read");
        claims.Text("tenant").ShouldBe(calls == 1 ? "t1" : null);
        claims.Text("sub").ShouldBe(machine.ClientId);
        var events = tw.Functions.EventsOf(arn);
        events.Count.ShouldBe(calls);
        foreach (var e in events)
        {
            e.ShouldBeEvent(machine, """
                {"version":"3","region":"us-east-1","userPoolId":"@pool","userName":"@client",
                 "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"TokenGeneration_ClientCredentials",
                 "request":{"userAttributes":{},"groupConfiguration":{"groupsToOverride":[],"iamRolesToOverride":[],"preferredRole":null},"scopes":["api/read"]},
                 "response":{"claimsAndScopeOverrideDetails":null}}
                """);
        }
    }

    private static async Task<(JsonObject Id, JsonObject Access)> SignInAsync(string version, string response)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(Versioned(tw.Functions.Add(e => e["response"] = JsonNode.Parse(response)), version));
        var ann = await pool.ConfirmedAsync("ann");
        await JoinAsync(pool, "admins", "arn:aws:iam::000000000000:role/admin");
        var tokens = await ann.SignInAsync();
        return (Claims(tokens.Id), Claims(tokens.Access));
    }

    private static JsonObject Versioned(string arn, string version) =>
        new() { ["PreTokenGenerationConfig"] = new JsonObject { ["LambdaVersion"] = version, ["LambdaArn"] = arn } };

    private static async Task JoinAsync(TestPool pool, string group, string? role = null)
    {
        await pool.World.DoAsync("CreateGroup", new JsonObject { ["UserPoolId"] = pool.Id, ["GroupName"] = group, ["RoleArn"] = role, ["Precedence"] = 1 });
        await pool.ManageAsync("AdminAddUserToGroup", "ann", new JsonObject { ["GroupName"] = group });
    }
}
