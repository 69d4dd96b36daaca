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

        var challenge = (await pool.StartCustomAsync("ann")).ShouldAskFor("CUSTOM_CHALLENGE");
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

        var step = await pool.StartCustomAsync("ann");
        step = await pool.AnswerCustomAsync("ann", step, "wrong");
        step = await pool.AnswerCustomAsync("ann", step, "right-0");
        step.ShouldAskFor("CUSTOM_CHALLENGE").Parameter("question").ShouldBe("number 2");
        var last = await pool.AnswerCustomAsync("ann", step, "wrong");

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

        (await pool.AnswerCustomAsync("ann", step.ShouldAskFor("CUSTOM_CHALLENGE"), "right-1")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_session_takes_one_answer()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config);
        await pool.ConfirmedAsync("ann");
        var step = await pool.StartCustomAsync("ann");
        await pool.AnswerCustomAsync("ann", step, "wrong");

        (await pool.AnswerCustomAsync("ann", step, "right-0")).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");

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
        var step = await pool.StartCustomAsync("ann");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => pool.AnswerCustomAsync("ann", step, "right-0")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "NotAuthorizedException");
        functions.EventsOf(custom.Verify).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_nobody_has_is_asked_like_anybody_and_never_let_in()
    {
        var tw = await TriggerWorld.OnAsync();
        var custom = new CustomFunctions(tw.Functions);
        var pool = await tw.PoolAsync(custom.Config, hides: "ENABLED");
        await pool.ConfirmedAsync("ann");

        var (real, none) = (await pool.StartCustomAsync("ann"), await pool.StartCustomAsync("bob"));
        var answer = await pool.AnswerCustomAsync("bob", none.ShouldAskFor("CUSTOM_CHALLENGE"), "right-0");

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

        (await pool.StartCustomAsync("bob")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task Pool_and_client_must_allow_it()
    {
        var tw = await TriggerWorld.OnAsync();
        var without = await tw.PoolAsync([]);
        var forbidden = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config, client: new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH") });
        await without.ConfirmedAsync("ann");

        (await without.StartCustomAsync("ann")).ShouldBeError("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
        (await forbidden.StartCustomAsync("ann")).ShouldBeError("InvalidParameterException", "CUSTOM_AUTH is not enabled for the client.");
    }

    [Fact]
    public async Task A_session_is_its_users_and_its_clients()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config);
        var other = await TestPool.CreateAsync(tw.World, pool.Id, new JsonObject { ["ExplicitAuthFlows"] = new JsonArray("ALLOW_CUSTOM_AUTH") });
        await pool.ConfirmedAsync("ann");
        await pool.ConfirmedAsync("bob");
        var step = await pool.StartCustomAsync("ann");

        (await pool.AnswerCustomAsync("bob", step, "right-0")).ShouldBeError("NotAuthorizedException");
        (await other.AnswerCustomAsync("ann", step, "right-0")).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync("CUSTOM_CHALLENGE", "nonsense-nonsense-nonsense", new JsonObject { ["USERNAME"] = "ann", ["ANSWER"] = "x" })).ShouldBeError("NotAuthorizedException");
        (await pool.RespondAsync("CUSTOM_CHALLENGE", step.Session(), new JsonObject { ["USERNAME"] = "ann" })).ShouldBeError("InvalidParameterException", "Missing required parameter ANSWER");

        (await pool.AnswerCustomAsync("ann", step, "right-0")).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Whoever_may_not_sign_in_may_not_by_this_way()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new CustomFunctions(tw.Functions).Config);
        await pool.SignedUpAsync("ann");
        await pool.ConfirmedAsync("bob");
        await pool.ManageAsync("AdminDisableUser", "bob");

        (await pool.AnswerCustomAsync("ann", await pool.StartCustomAsync("ann"), "right-0")).ShouldBeError("UserNotConfirmedException");
        (await pool.AnswerCustomAsync("bob", await pool.StartCustomAsync("bob"), "right-0")).ShouldBeError("NotAuthorizedException", "User is disabled.");
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

        (await pool.StartCustomAsync("ann")).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");
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

        (await pool.StartCustomAsync("ann")).ShouldBeError("InvalidLambdaResponseException");
    }
}
