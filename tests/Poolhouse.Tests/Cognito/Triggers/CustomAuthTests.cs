using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class CustomAuthTests
{
    [Fact]
    public async Task A_right_answer_signs_in_and_each_function_gets_its_event()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        var ann = await pool.ConfirmedAsync("ann");

        var challenge = (await StartAsync(pool, "ann")).ShouldAskFor("CUSTOM_CHALLENGE");
        var answer = await tw.World.CallAsync("RespondToAuthChallenge", new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["ChallengeName"] = "CUSTOM_CHALLENGE",
            ["Session"] = challenge.Session(),
            ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0" },
            ["ClientMetadata"] = new JsonObject { ["a"] = "b" },
        });

        answer.ShouldBeSignedIn();
        challenge.Json["ChallengeParameters"]!.ToJsonString().ShouldBe("""{"question":"number 0","left":"3","USERNAME":"ann"}""");
        challenge.Text.ShouldNotContain("right-0");
        var user = $$"""{"sub":"{{ann.Sub}}","cognito:user_status":"CONFIRMED","email":"{{ann.Email}}","email_verified":"false"}""";
        const string Common = """ "version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann","callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"} """;
        var defined = tw.Functions.EventsOf(custom.Define);
        defined.Count.ShouldBe(2);
        defined[0].ShouldBeEvent(pool, $$$"""
            { {{{Common}}},"triggerSource":"DefineAuthChallenge_Authentication","request":{"userAttributes":{{{user}}},"session":[],"userNotFound":false},
             "response":{"challengeName":null,"issueTokens":null,"failAuthentication":null}}
            """);
        defined[1].Request().ToJsonString().ShouldContain(
            """ "session":[{"challengeName":"CUSTOM_CHALLENGE","challengeResult":true,"challengeMetadata":"ROUND-0"}],"userNotFound":false,"clientMetadata":{"a":"b"} """.Trim());
        tw.EventOf(custom.Create).ShouldBeEvent(pool, $$$"""
            { {{{Common}}},"triggerSource":"CreateAuthChallenge_Authentication",
             "request":{"userAttributes":{{{user}}},"challengeName":"CUSTOM_CHALLENGE","session":[],"userNotFound":false},
             "response":{"publicChallengeParameters":null,"privateChallengeParameters":null,"challengeMetadata":null}}
            """);
        tw.EventOf(custom.Verify).ShouldBeEvent(pool, $$$"""
            { {{{Common}}},"triggerSource":"VerifyAuthChallengeResponse_Authentication",
             "request":{"userAttributes":{{{user}}},"privateChallengeParameters":{"answer":"right-0"},"challengeAnswer":"right-0","userNotFound":false,"clientMetadata":{"a":"b"}},
             "response":{"answerCorrect":null}}
            """);
    }

    [Fact]
    public async Task Wrong_answers_grow_the_session_until_the_function_ends_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");

        var step = await StartAsync(pool, "ann");
        step = await AnswerAsync(pool, "ann", step, "wrong");
        step = await AnswerAsync(pool, "ann", step, "right-0");
        step.ShouldAskFor("CUSTOM_CHALLENGE").Parameter("question").ShouldBe("number 2");
        var last = await AnswerAsync(pool, "ann", step, "wrong");

        last.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        tw.Functions.EventsOf(custom.Define)[^1].Request()["session"]!.AsArray().Select(r => (r.Text("challengeMetadata"), r!["challengeResult"]!.GetValue<bool>()))
            .ShouldBe([("ROUND-0", false), ("ROUND-1", false), ("ROUND-2", false)]);
    }

    [Fact]
    public async Task Several_answers_may_be_asked_for_also_by_an_administrator()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions, answers: 2).Config, hasSecret: true);
        await pool.ConfirmedAsync("ann");

        var step = await pool.AdminStartAsync("CUSTOM_AUTH", new JsonObject { ["USERNAME"] = "ann" });
        step = await pool.AdminRespondAsync("CUSTOM_CHALLENGE", step.Session(), new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0" });

        (await AnswerAsync(pool, "ann", step.ShouldAskFor("CUSTOM_CHALLENGE"), "right-1")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_takes_one_answer()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");
        var step = await StartAsync(pool, "ann");
        await AnswerAsync(pool, "ann", step, "wrong");

        (await AnswerAsync(pool, "ann", step, "right-0")).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");

        tw.Functions.EventsOf(custom.Verify).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_64_answers_at_once_one_is_looked_at(Engine engine)
    {
        await using var functions = await FunctionServer.StartAsync();
        await using var world = await World.StartAsync(engine, "--lambda-endpoint", functions.Url);
        var tw = new TriggerWorld(world, functions);
        var custom = new CustomFunctions(functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");
        var step = await StartAsync(pool, "ann");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => AnswerAsync(pool, "ann", step, "right-0")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "NotAuthorizedException");
        functions.EventsOf(custom.Verify).Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_srp_the_password_comes_first()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");
        var person = new SrpPerson(pool);

        var password = (await StartSrpAsync(pool, "ann", person)).ShouldAskFor("PASSWORD_VERIFIER");
        var challenge = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(password))).ShouldAskFor("CUSTOM_CHALLENGE");

        (await AnswerAsync(pool, "ann", challenge, "right-0")).ShouldBeSignedIn();
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

        var refused = await pool.RespondAsync("PASSWORD_VERIFIER", null, stranger.Proof(await StartSrpAsync(pool, "ann", stranger)));
        var password = await StartSrpAsync(pool, "ann", person);
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

        var renewal = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await StartSrpAsync(pool, "ann", person)))).ShouldAskFor("NEW_PASSWORD_REQUIRED");
        var challenge = (await pool.RespondAsync("NEW_PASSWORD_REQUIRED", renewal.Session(), new JsonObject { ["USERNAME"] = "ann", ["NEW_PASSWORD"] = "Another-horse-2" }))
            .ShouldAskFor("CUSTOM_CHALLENGE");

        (await AnswerAsync(pool, "ann", challenge, "right-0")).ShouldBeSignedIn();
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
            var factor = (await pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(await StartSrpAsync(pool, "ann", person)))).ShouldAskFor("EMAIL_OTP");
            var challenge = await AnswerFactorAsync(factor, ann);
            last = await AnswerAsync(pool, "ann", challenge.ShouldAskFor("CUSTOM_CHALLENGE"), "right-0");
        }
        else
        {
            var factor = (await AnswerAsync(pool, "ann", await StartAsync(pool, "ann"), "right-0")).ShouldAskFor("EMAIL_OTP");
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

        var proof = person.Proof(await StartSrpAsync(pool, "ann", person));
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

        var challenge = await StartAsync(pool, "ann");
        var asked = await pool.RespondAsync(
            "CUSTOM_CHALLENGE", challenge.Session(), new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "right-0", ["DEVICE_KEY"] = device.Key });

        (await device.ProveAsync(asked.ShouldAskFor("DEVICE_SRP_AUTH"))).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_name_nobody_has_is_asked_like_anybody_and_never_let_in()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config, hides: "ENABLED");
        await pool.ConfirmedAsync("ann");

        var (real, none) = (await StartAsync(pool, "ann"), await StartAsync(pool, "bob"));
        var answer = await AnswerAsync(pool, "bob", none.ShouldAskFor("CUSTOM_CHALLENGE"), "right-0");

        answer.ShouldBeError("NotAuthorizedException", "Incorrect username or password.");
        none.Session().Length.ShouldBe(real.Session().Length);
        var e = tw.Functions.EventsOf(custom.Define).Last(e => e["userName"]!.GetValue<string>() == "bob");
        e.Request()["userNotFound"]!.GetValue<bool>().ShouldBeTrue();
        e.Request()["userAttributes"]!.ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_name_nobody_has_is_told_where_it_may_be()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config, hides: "LEGACY");

        (await StartAsync(pool, "bob")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task Pool_and_client_must_allow_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var without = await tw.PoolAsync([]);
        var forbidden = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config, client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") });
        await without.ConfirmedAsync("ann");

        (await StartAsync(without, "ann")).ShouldBeError("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
        (await StartAsync(forbidden, "ann")).ShouldBeError("InvalidParameterException", "CUSTOM_AUTH is not enabled for the client.");
    }

    [Fact]
    public async Task A_session_is_its_users_and_its_clients()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config);
        var other = await TestPool.CreateAsync(tw.World, pool.Id, new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CUSTOM_AUTH") });
        await pool.ConfirmedAsync("ann");
        await pool.ConfirmedAsync("bob");
        var step = await StartAsync(pool, "ann");

        (await AnswerAsync(pool, "bob", step, "right-0")).ShouldBeError("NotAuthorizedException");
        (await AnswerAsync(other, "ann", step, "right-0")).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync("CUSTOM_CHALLENGE", "nonsense-nonsense-nonsense", new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "x" })).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync("CUSTOM_CHALLENGE", step.Session(), new JsonObject { ["USERNAME"] = "ann" })).ShouldBeError("InvalidParameterException", "Missing required parameter ANSWER");

        (await AnswerAsync(pool, "ann", step, "right-0")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Whoever_may_not_sign_in_may_not_by_this_way()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config);
        await pool.SignedUpAsync("ann");
        await pool.ConfirmedAsync("bob");
        await pool.ManageAsync("AdminDisableUser", "bob");

        (await AnswerAsync(pool, "ann", await StartAsync(pool, "ann"), "right-0")).ShouldBeError("UserNotConfirmedException");
        (await AnswerAsync(pool, "bob", await StartAsync(pool, "bob"), "right-0")).ShouldBeError("NotAuthorizedException", "User is disabled.");
    }

    [Theory]
    [InlineData("""{"challengeName":"MAGIC"}""")]
    [InlineData("{}")]
    [InlineData("""{"challengeName":"PASSWORD_VERIFIER"}""")]
    [InlineData("""{"issueTokens":"yes"}""")]
    public async Task A_decision_that_is_none_lets_nobody_in(string response)
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["DefineAuthChallenge"] = tw.Functions.Add(e => e["response"] = JsonNode.Parse(response)) });
        await pool.ConfirmedAsync("ann");

        (await StartAsync(pool, "ann")).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }

    [Fact]
    public async Task Private_parameters_that_do_not_fit_into_a_session_are_refused()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject
        {
            ["DefineAuthChallenge"] = tw.Functions.Add(e => e.Response()["challengeName"] = "CUSTOM_CHALLENGE"),
            ["CreateAuthChallenge"] = tw.Functions.Add(e => e.Response()["privateChallengeParameters"] = new JsonObject { ["long"] = new string('x', 2000) }),
        });
        await pool.ConfirmedAsync("ann");

        (await StartAsync(pool, "ann")).ShouldBeError("InvalidLambdaResponseException");
    }

    private static Task<Answer> StartAsync(TestPool pool, string name) => pool.StartAsync("CUSTOM_AUTH", new JsonObject { ["USERNAME"] = name });

    private static Task<Answer> StartSrpAsync(TestPool pool, string name, SrpPerson person) =>
        pool.StartAsync("CUSTOM_AUTH", new JsonObject { ["USERNAME"] = name, ["CHALLENGE_NAME"] = "SRP_A", ["SRP_A"] = person.A });

    private static Task<Answer> AnswerAsync(TestPool pool, string name, Answer step, string answer) =>
        pool.RespondAsync("CUSTOM_CHALLENGE", step.Session(), new JsonObject { ["USERNAME"] = name, ["ANSWER"] = answer });
}
