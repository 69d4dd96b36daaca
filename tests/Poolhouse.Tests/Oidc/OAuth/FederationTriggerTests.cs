using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.Triggers;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Oidc.OAuth;

/// <summary>What a pool's functions hear of a federated sign-in, and what they may do.</summary>
public sealed class FederationTriggerTests
{
    [Fact]
    public async Task Inbound_federation_gets_what_the_provider_said_and_chooses_of_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = new JsonObject { ["userAttributesToMap"] = new JsonObject { ["email"] = "from-function@example.com" } });
        var world = await WithAsync(tw, new JsonObject { ["InboundFederation"] = new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = arn } });
        world.Provider.UserInfo = new JsonObject { ["zoneinfo"] = "Europe/Paris", ["age"] = 7 };

        var id = Tokens.Claims((await world.TokensAsync("carol"))["id_token"]!.GetValue<string>());

        id["email"]!.GetValue<string>().ShouldBe("from-function@example.com");
        id.ContainsKey("name").ShouldBeFalse();
        var e = tw.EventOf(arn);
        var claims = e["request"]!["attributes"]!["idToken"]!.AsObject();
        foreach (var changing in new[] { "exp", "nonce", "iss" }) claims.Remove(changing).ShouldBeTrue();
        e.ShouldBeEvent(world.Pool, """
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"acme_carol",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"InboundFederation_ExternalProvider",
             "request":{"providerName":"Acme","providerType":"OIDC","attributes":{
               "tokenResponse":{"access_token":"at-carol","token_type":"Bearer","expires_in":"300","id_token":"@token"},
               "idToken":{"sub":"carol","email":"carol@example.com","email_verified":"true","name":"Carol C","aud":"poolhouse"},
               "userInfo":{"zoneinfo":"Europe/Paris","age":"7","sub":"carol"}}},
             "response":{"userAttributesToMap":null}}
            """.Replace("@token", e["request"]!["attributes"]!["tokenResponse"]!["id_token"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_answer_keeps_all()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = new JsonObject { ["userAttributesToMap"] = new JsonObject() });
        var world = await WithAsync(tw, new JsonObject { ["InboundFederation"] = new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = arn } });

        Tokens.Claims((await world.TokensAsync("carol"))["id_token"]!.GetValue<string>())["name"]!.GetValue<string>().ShouldBe("Carol C");
        (await tw.World.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = world.Pool.Id }))["UserPool"]!["LambdaConfig"]!["InboundFederation"]!["LambdaArn"]!
            .GetValue<string>().ShouldBe(arn);
    }

    [Theory]
    [InlineData("InboundFederation")]
    [InlineData("PreSignUp")]
    [InlineData("PostConfirmation")]
    [InlineData("PostAuthentication")]
    public async Task A_function_that_fails_ends_the_sign_in_in_its_own_words(string kind)
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => throw new FunctionException("Not today"));
        var world = await WithAsync(tw, new JsonObject { [kind] = kind == "InboundFederation" ? new JsonObject { ["LambdaVersion"] = "V1_0", ["LambdaArn"] = arn } : arn });

        var back = await world.Browser().BackAsync("carol", null);

        back.Query.ShouldBe($"?error_description={kind}%20failed%20with%20error%20Not%20today.%20&error=invalid_request&state=app-state");
    }

    [Fact]
    public async Task The_first_sign_in_is_a_sign_up_and_every_one_makes_tokens_of_hosted_auth()
    {
        var tw = await TriggerWorld.OnAsync();
        var (before, after, done) = (tw.Functions.Add(_ => { }), tw.Functions.Add(_ => { }), tw.Functions.Add(_ => { }));
        var token = tw.Functions.Add(e => e["response"] = new JsonObject
        {
            ["claimsAndScopeOverrideDetails"] = new JsonObject
            {
                ["idTokenGeneration"] = new JsonObject { ["claimsToAddOrOverride"] = new JsonObject { ["plan"] = "gold" } },
                ["accessTokenGeneration"] = new JsonObject { ["scopesToSuppress"] = new JsonArray("email") },
            },
        });
        var world = await WithAsync(tw, new JsonObject
        {
            ["PreSignUp"] = before, ["PostConfirmation"] = after, ["PostAuthentication"] = done,
            ["PreTokenGenerationConfig"] = new JsonObject { ["LambdaVersion"] = "V2_0", ["LambdaArn"] = token },
        });

        var tokens = await world.TokensAsync("carol");
        await world.TokensAsync("carol");

        tw.EventOf(before).Source().ShouldBe("PreSignUp_ExternalProvider");
        tw.EventOf(before).Request()["userAttributes"]!["email"]!.GetValue<string>().ShouldBe("carol@example.com");
        tw.EventOf(after).Source().ShouldBe("PostConfirmation_ConfirmSignUp");
        tw.Functions.EventsOf(done).Count.ShouldBe(2);
        tw.Functions.EventsOf(token).Select(e => e.Source()).ShouldBe(["TokenGeneration_HostedAuth", "TokenGeneration_HostedAuth"]);
        tw.Functions.EventsOf(token)[0].Request()["scopes"]!.ToJsonString().ShouldBe("""["openid","email","profile"]""");
        Tokens.Claims(tokens["id_token"]!.GetValue<string>())["plan"]!.GetValue<string>().ShouldBe("gold");
        Tokens.Claims(tokens["access_token"]!.GetValue<string>())["scope"]!.GetValue<string>().ShouldBe("openid profile");
    }

    private static Task<FederationWorld> WithAsync(TriggerWorld tw, JsonObject lambdaConfig) =>
        FederationWorld.OnAsync(settings: new JsonObject { ["LambdaConfig"] = lambdaConfig }, triggers: tw);
}
