using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class SignInTriggerTests
{
    [Fact]
    public async Task Pre_authentication_gets_the_beginnings_metadata_and_post_authentication_does_not()
    {
        var tw = await TriggerWorld.OnAsync();
        var (before, after) = (tw.Functions.Add(_ => { }), tw.Functions.Add(_ => { }));
        var pool = await tw.PoolAsync(new JsonObject { ["PreAuthentication"] = before, ["PostAuthentication"] = after });
        var ann = await pool.ConfirmedAsync("ann");

        var answer = await tw.World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = ann.Password },
            ["ClientMetadata"] = new JsonObject { ["device"] = "phone" },
        });

        answer.ShouldBeSignedIn();
        tw.EventOf(before).ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"PreAuthentication_Authentication",
             "request":{"userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"CONFIRMED","email":"{{{ann.Email}}}","email_verified":"false"},
              "validationData":{"device":"phone"},"userNotFound":false},
             "response":{}}
            """);
        tw.EventOf(after).ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"PostAuthentication_Authentication",
             "request":{"userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"CONFIRMED","email":"{{{ann.Email}}}","email_verified":"false"},"newDeviceUsed":false},
             "response":{}}
            """);
    }

    [Fact]
    public async Task The_metadata_of_a_response_reaches_post_authentication()
    {
        var tw = await TriggerWorld.OnAsync();
        var after = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PostAuthentication"] = after });
        await pool.ConfirmedAsync("ann");
        var person = new SrpPerson(pool);
        var challenge = (await person.StartAsync("ann")).ShouldAskFor("PASSWORD_VERIFIER");

        var answer = await tw.World.CallAsync("RespondToAuthChallenge", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = "PASSWORD_VERIFIER",
            ["ChallengeResponses"] = person.Proof(challenge),
            ["ClientMetadata"] = new JsonObject { ["device"] = "phone" },
        });

        answer.ShouldBeSignedIn();
        tw.EventOf(after).Request()["clientMetadata"]!.ToJsonString().ShouldBe("""{"device":"phone"}""");
    }

    [Theory]
    [InlineData("USER_PASSWORD_AUTH")]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("USER_AUTH")]
    public async Task No_flow_begins_against_pre_authentications_will(string flow)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PreAuthentication"] = tw.Functions.Add(_ => throw new FunctionException("Closed")) });
        var ann = await pool.ConfirmedAsync("ann");

        var answer = await pool.StartAsync(flow, new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = ann.Password, ["SRP_A"] = new SrpPerson(pool).A });

        answer.ShouldBeError("UserLambdaValidationException", "PreAuthentication failed with error Closed.");
    }

    [Fact]
    public async Task Administrators_sign_ins_are_asked_about_too()
    {
        var tw = await TriggerWorld.OnAsync();
        var before = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreAuthentication"] = before });
        var ann = await pool.ConfirmedAsync("ann");

        (await pool.AdminStartAsync("ADMIN_USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = ann.Password })).ShouldBeSignedIn();

        tw.EventOf(before)["callerContext"]!["clientId"]!.GetValue<string>().ShouldBe(pool.ClientId);
    }

    [Theory]
    [InlineData("ENABLED", 1)]
    [InlineData("LEGACY", 0)]
    public async Task Of_a_name_nobody_has_pre_authentication_hears_only_where_that_is_hidden(string hides, int calls)
    {
        var tw = await TriggerWorld.OnAsync();
        var before = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreAuthentication"] = before }, hides: hides);

        await pool.StartAsync("USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = "nobody", ["PASSWORD"] = "Wrong-horse-1" });

        var events = tw.Functions.EventsOf(before);
        events.Count.ShouldBe(calls);
        foreach (var e in events)
        {
            e["userName"]!.GetValue<string>().ShouldBe("nobody");
            e.Request().ToJsonString().ShouldBe("""{"userAttributes":{},"validationData":null,"userNotFound":true}""");
        }
    }

    [Fact]
    public async Task A_wrong_password_is_never_told_as_a_sign_in()
    {
        var tw = await TriggerWorld.OnAsync();
        var after = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PostAuthentication"] = after });
        var ann = await pool.ConfirmedAsync("ann");

        (await ann.TrySignInAsync("Wrong-horse-1")).ShouldBeError("NotAuthorizedException");

        tw.Functions.EventsOf(after).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_are_kept_back_where_post_authentication_fails()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PostAuthentication"] = tw.Functions.Add(_ => throw new FunctionException("No seat")) });
        var ann = await pool.ConfirmedAsync("ann");

        var answer = await ann.TrySignInAsync();

        answer.ShouldBeError("UserLambdaValidationException", "PostAuthentication failed with error No seat.");
        answer.Text.ShouldNotContain("AccessToken");
    }

    [Fact]
    public async Task A_new_device_is_told_and_a_proved_one_is_a_source_of_tokens()
    {
        var tw = await TriggerWorld.OnAsync();
        var (after, token) = (tw.Functions.Add(_ => { }), tw.Functions.Add(_ => { }));
        var pool = await tw.PoolAsync(new JsonObject { ["PostAuthentication"] = after, ["PreTokenGeneration"] = token }, JsonNode.Parse("""
            {"AutoVerifiedAttributes":["email"],"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":true,"DeviceOnlyRememberedOnUserPrompt":false}}
            """)!.AsObject());
        var ann = await pool.ConfirmedAsync("ann");
        var (device, _) = await ann.NewDeviceAsync();

        (await device.ProveAsync(await ann.SignInOnAsync(device.Key))).ShouldBeSignedIn();

        tw.Functions.EventsOf(after).Select(e => e.Request()["newDeviceUsed"]!.GetValue<bool>()).ShouldBe([true, false]);
        tw.Functions.EventsOf(token).Select(e => e.Source()).ShouldBe(["TokenGeneration_Authentication", "TokenGeneration_AuthenticateDevice"]);
    }

    [Fact]
    public async Task A_refresh_is_neither_begun_nor_told_as_a_sign_in()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreAuthentication"] = arn, ["PostAuthentication"] = arn });
        var ann = await pool.ConfirmedAsync("ann");
        var tokens = await ann.SignInAsync();

        (await pool.RefreshOldAsync(tokens.Refresh!)).Status.ShouldBe(200);

        tw.Functions.EventsOf(arn).Count.ShouldBe(2);
    }
}
