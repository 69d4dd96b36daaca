using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Threats;

/// <summary>AdminListUserAuthEvents, and what is remembered.</summary>
public sealed class AuthEventTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Each_attempt_is_remembered_newest_first(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).ThreatPoolAsync("AUDIT");
        var bob = await pool.SignedUpAsync("bob");
        await pool.PublicAsync("ConfirmSignUp", "bob", new JsonObject { ["ConfirmationCode"] = await pool.World.CodeAsync(bob.Email) }).ShouldSucceedAsync();
        await bob.TrySignInAsync("Wrong-horse-1");
        var tokens = await bob.SignInAsync();
        await pool.World.OwnAsync("ChangePassword", tokens, new JsonObject { ["PreviousPassword"] = bob.Password, ["ProposedPassword"] = "Another-horse-1" });
        await pool.PublicAsync("ForgotPassword", "bob");
        await pool.PublicAsync("ConfirmForgotPassword", "bob", new JsonObject { ["ConfirmationCode"] = "000000", ["Password"] = "Another-horse-2" });

        var events = await pool.EventsAsync("bob");

        events.Select(e => $"{e.Text("EventType")} {e.Text("EventResponse")} {e.Challenges()}".Trim()).ShouldBe(
        [
            "ForgotPassword Fail", "ForgotPassword InProgress", "PasswordChange Pass", "SignIn Pass Password+", "SignIn Fail Password-", "SignUp Pass", "SignUp InProgress",
        ]);
        events.ShouldAllBe(e => e["EventContextData"].Text("IpAddress") == "127.0.0.1" && e["EventContextData"].Text("DeviceName") == "Other, Other");
        events.ShouldAllBe(e => e["EventRisk"].Text("RiskDecision") == "NoRisk");
        events.Select(e => e.Text("EventId")).ShouldBeUnique();
    }

    [Fact]
    public async Task A_sign_in_of_two_steps_is_one_event()
    {
        var world = await World.OnAsync();
        var pool = await world.ThreatPoolAsync();
        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var app = await bob.SetUpAppAsync(await bob.SignInAsync());

        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        (await pool.SignInEventsAsync("bob"))[0].Text("EventResponse").ShouldBe("InProgress");
        await pool.RespondAsync(challenged, "bob", ("SOFTWARE_TOKEN_MFA_CODE", FactorCalls.Other(app.Code(1))));
        var failed = (await pool.SignInEventsAsync("bob"))[0];
        (await pool.RespondAsync(challenged, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1)))).Json.ShouldBeSignedIn();

        var events = await pool.SignInEventsAsync("bob");
        events.Count.ShouldBe(2);
        failed.Text("EventResponse").ShouldBe("Fail");
        events[0].Text("EventId").ShouldBe(failed.Text("EventId"));
        events[0].Text("EventResponse").ShouldBe("Pass");
        events[0].Challenges().ShouldBe("Password+ Mfa- Mfa+");
    }

    [Fact]
    public async Task A_proof_by_SRP_is_one_event_too()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await pool.ConfirmedAsync("bob");
        var person = new SrpPerson(pool);

        (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await person.StartAsync("bob")))).ShouldBeSignedIn();

        (await pool.SignInEventsAsync("bob")).Single().Challenges().ShouldBe("Password+");
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        for (var i = 0; i < 4; i++) await bob.SignInAsync();
        await pool.ConfirmedAsync("eve");

        var first = await pool.AdminAsync("AdminListUserAuthEvents", "bob", new JsonObject { ["MaxResults"] = 3 });
        var token = first.Json["NextToken"]!.GetValue<string>();
        var second = await pool.AdminAsync("AdminListUserAuthEvents", "bob", new JsonObject { ["MaxResults"] = 3, ["NextToken"] = token });

        first.Json["AuthEvents"]!.AsArray().Count.ShouldBe(3);
        second.Json["AuthEvents"]!.AsArray().Count.ShouldBe(2);
        second.Json.ContainsKey("NextToken").ShouldBeFalse();
        (await pool.AdminAsync("AdminListUserAuthEvents", "eve", new JsonObject { ["NextToken"] = token })).ShouldBeError("InvalidParameterException");
        (await pool.AdminAsync("AdminListUserAuthEvents", "bob", new JsonObject { ["MaxResults"] = 0 })).Json["AuthEvents"]!.AsArray().Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_administrators_word_for_address_and_device_is_taken()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");

        await bob.SignInFromAsync(ThreatCalls.Home, agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");

        var context = (await pool.SignInEventsAsync("bob")).Single()["EventContextData"];
        context.Text("IpAddress").ShouldBe(ThreatCalls.Home);
        context.Text("DeviceName").ShouldBe("Firefox 128, Linux");
    }

    [Theory]
    [InlineData(false, "127.0.0.1")]
    [InlineData(true, "192.0.2.1")]
    public async Task A_clients_word_is_taken_only_with_a_secret_and_a_setting(bool propagates, string seen)
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync(client: new JsonObject
        {
            ["GenerateSecret"] = true,
            ["EnablePropagateAdditionalUserContextData"] = propagates,
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
        });
        await pool.ConfirmedAsync("bob");

        await pool.World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject { ["USERNAME"] = "bob", ["PASSWORD"] = TestPool.Password, ["SECRET_HASH"] = pool.HashOf("bob") },
            ["UserContextData"] = new JsonObject { ["IpAddress"] = "192.0.2.1", ["EncodedData"] = "!" },
        }).ShouldSucceedAsync();

        (await pool.SignInEventsAsync("bob")).Single()["EventContextData"].Text("IpAddress").ShouldBe(seen);
    }

    [Fact]
    public async Task A_public_client_cannot_propagate()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.World.CallAsync("CreateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["ClientName"] = "Test", ["EnablePropagateAdditionalUserContextData"] = true,
        })).ShouldBeError("InvalidParameterException");
        (await pool.World.CallAsync("UpdateUserPoolClient", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId, ["EnablePropagateAdditionalUserContextData"] = true,
        })).ShouldBeError("InvalidParameterException");
    }

    [Fact]
    public async Task Nothing_is_remembered_where_it_is_off()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.AdminAsync("AdminListUserAuthEvents", "bob")).ShouldBeError("UserPoolAddOnNotEnabledException");

        await world.DoAsync("UpdateUserPool", new JsonObject
        {
            ["UserPoolId"] = pool.Id, ["UserPoolTier"] = "PLUS", ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = "AUDIT" },
        });
        (await pool.EventsAsync("bob")).ShouldBeEmpty();
        (await world.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!["UserPoolAddOns"].Text("AdvancedSecurityMode").ShouldBe("AUDIT");
    }

    [Fact]
    public async Task It_needs_the_plus_tier()
    {
        var answer = await (await World.OnAsync()).CallAsync("CreateUserPool", new JsonObject
        {
            ["PoolName"] = "Test", ["UserPoolAddOns"] = new JsonObject { ["AdvancedSecurityMode"] = "AUDIT" },
        });

        answer.ShouldBeError("FeatureUnavailableInTierException");
    }

    [Fact]
    public async Task They_go_with_the_user()
    {
        var pool = await (await World.OnAsync()).ThreatPoolAsync();
        await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await pool.AdminAsync("AdminDeleteUser", "bob")).Status.ShouldBe(200);

        await pool.ConfirmedAsync("bob");
        (await pool.SignInEventsAsync("bob")).ShouldBeEmpty();
    }
}
