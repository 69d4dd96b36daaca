using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

/// <summary>Passwords, second factors and devices on the way of a CUSTOM_AUTH.</summary>
public sealed class CustomAuthStepTests
{
    [Fact]
    public async Task After_srp_the_password_comes_first()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");
        var person = new SrpPerson(pool);

        var password = (await pool.StartCustomSrpAsync("ann", person)).ShouldAskFor("PASSWORD_VERIFIER");
        var challenge = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(password))).ShouldAskFor("CUSTOM_CHALLENGE");

        (await pool.AnswerCustomAsync("ann", challenge, "right-0")).ShouldBeSignedIn();
        tw.Functions.EventsOf(custom.Define).Select(e => string.Join(' ', e.Request()["session"]!.AsArray().Select(r => r.Text("challengeName"))))
            .ShouldBe(["SRP_A", "SRP_A PASSWORD_VERIFIER", "SRP_A PASSWORD_VERIFIER CUSTOM_CHALLENGE"]);
    }

    [Fact]
    public async Task A_wrong_password_ends_it_and_a_right_one_alone_is_not_enough()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config);
        await pool.ConfirmedAsync("ann");
        var (stranger, person) = (new SrpPerson(pool, "Wrong-horse-1"), new SrpPerson(pool));

        var refused = await pool.RespondAsync("PASSWORD_VERIFIER", null, stranger.Proof(await pool.StartCustomSrpAsync("ann", stranger)));
        var password = await pool.StartCustomSrpAsync("ann", person);
        var first = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(password));
        var again = await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(password));

        refused.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        first.ShouldAskFor("CUSTOM_CHALLENGE");
        again.Status.ShouldBe(400, again.Text);
    }

    [Fact]
    public async Task A_temporary_password_is_replaced_before_the_custom_challenge()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.InvitedAsync("ann");
        var person = new SrpPerson(pool);

        var renewal = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await pool.StartCustomSrpAsync("ann", person)))).ShouldAskFor("NEW_PASSWORD_REQUIRED");
        var challenge = (await pool.RespondAsync("NEW_PASSWORD_REQUIRED", renewal.Session(), new JsonObject { ["USERNAME"] = "ann", ["NEW_PASSWORD"] = "Another-horse-2" }))
            .ShouldAskFor("CUSTOM_CHALLENGE");

        (await pool.AnswerCustomAsync("ann", challenge, "right-0")).ShouldBeSignedIn();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_factor_is_asked_for_whatever_the_function_says(bool withSrp)
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config, new JsonObject { ["AutoVerifiedAttributes"] = new JsonArray("email"), ["MfaConfiguration"] = "OFF" });
        await tw.World.DoAsync("SetUserPoolMfaConfig", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["MfaConfiguration"] = "OPTIONAL",
            ["SoftwareTokenMfaConfiguration"] = new JsonObject { ["Enabled"] = true },
            ["EmailMfaConfiguration"] = new JsonObject(),
        });
        var ann = await pool.VerifiedAsync("ann");
        await tw.World.CodeAsync(ann.Email);
        await pool.ManageAsync("AdminSetUserMFAPreference", "ann", new JsonObject { ["EmailMfaSettings"] = new JsonObject { ["Enabled"] = true, ["PreferredMfa"] = true } });
        var person = new SrpPerson(pool);

        Answer last;
        if (withSrp)
        {
            var factor = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await pool.StartCustomSrpAsync("ann", person)))).ShouldAskFor("EMAIL_OTP");
            var challenge = await AnswerFactorAsync(factor, ann);
            last = await pool.AnswerCustomAsync("ann", challenge.ShouldAskFor("CUSTOM_CHALLENGE"), "right-0");
        }
        else
        {
            var factor = (await pool.AnswerCustomAsync("ann", await pool.StartCustomAsync("ann"), "right-0")).ShouldAskFor("EMAIL_OTP");
            last = await AnswerFactorAsync(factor, ann);
        }

        last.ShouldBeSignedIn();
        tw.Functions.EventsOf(custom.Define)[^1].Request()["session"]!.AsArray().Select(r => r.Text("challengeName"))
            .ShouldBe(withSrp ? ["SRP_A", "PASSWORD_VERIFIER", "EMAIL_OTP", "CUSTOM_CHALLENGE"] : ["CUSTOM_CHALLENGE", "EMAIL_OTP"]);

        async Task<Answer> AnswerFactorAsync(Answer factor, TestUser user) => await pool.RespondAsync(
            "EMAIL_OTP", factor.Session(), new JsonObject { ["USERNAME"] = "ann", ["EMAIL_OTP_CODE"] = await tw.World.CodeAsync(user.Email, 2) });
    }

    [Fact]
    public async Task A_remembered_device_proves_itself_on_the_way_and_the_function_sees_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config, JsonNode.Parse("""
            {"AutoVerifiedAttributes":["email"],"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":true,"DeviceOnlyRememberedOnUserPrompt":false}}
            """)!.AsObject());
        var ann = await pool.ConfirmedAsync("ann");
        var (device, _) = await ann.NewDeviceAsync();
        var person = new SrpPerson(pool);

        var proof = person.Proof(await pool.StartCustomSrpAsync("ann", person));
        proof["DEVICE_KEY"] = device.Key;
        var asked = (await pool.RespondAsync("PASSWORD_VERIFIER", null, proof)).ShouldAskFor("DEVICE_SRP_AUTH");
        var challenge = (await device.ProveAsync(asked)).ShouldAskFor("CUSTOM_CHALLENGE");
        var answer = await pool.RespondAsync(
            "CUSTOM_CHALLENGE", challenge.Session(), new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0", ["DEVICE_KEY"] = device.Key });

        answer.ShouldBeSignedIn();
        answer.Json["AuthenticationResult"]!["NewDeviceMetadata"].ShouldBeNull();
        tw.Functions.EventsOf(custom.Define)[^1].Request()["session"]!.AsArray().Select(r => r.Text("challengeName"))
            .ShouldBe(["SRP_A", "PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "CUSTOM_CHALLENGE"]);
    }

    [Fact]
    public async Task A_remembered_device_that_was_not_asked_on_the_way_is_asked_at_the_end()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config, JsonNode.Parse("""
            {"AutoVerifiedAttributes":["email"],"DeviceConfiguration":{"ChallengeRequiredOnNewDevice":true,"DeviceOnlyRememberedOnUserPrompt":false}}
            """)!.AsObject());
        var ann = await pool.ConfirmedAsync("ann");
        var (device, _) = await ann.NewDeviceAsync();

        var challenge = await pool.StartCustomAsync("ann");
        var asked = await pool.RespondAsync(
            "CUSTOM_CHALLENGE", challenge.Session(), new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0", ["DEVICE_KEY"] = device.Key });

        (await device.ProveAsync(asked.ShouldAskFor("DEVICE_SRP_AUTH"))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_risk_is_judged_on_this_way_too()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config, new JsonObject
        {
            ["UserPoolTier"] = "PLUS",
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = "ENFORCED" },
        });
        (await pool.SetRiskAsync("""{"AccountTakeoverRiskConfiguration":{"Actions":{"LowAction":{"Notify":false,"EventAction":"BLOCK"}}}}""")).Status.ShouldBe(200);
        var ann = await pool.ConfirmedAsync("ann");
        (await ann.SignInFromAsync(ThreatCalls.Home)).ShouldBeSignedIn();
        var step = await pool.StartCustomAsync("ann");

        var answer = await tw.World.CallAsync("AdminRespondToAuthChallenge", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = "CUSTOM_CHALLENGE",
            ["Session"] = step.Session(),
            ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0" },
            ["ContextData"] = ThreatCalls.Context(ThreatCalls.Away),
        });

        answer.ShouldBeError("NotAuthorizedException", "Unable to login because of security reasons.");
    }
}
