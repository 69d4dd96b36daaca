using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.SignIn;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Triggers;

public sealed class SignUpTriggerTests
{
    [Fact]
    public async Task Pre_sign_up_gets_what_was_sent()
    {
        var (world, functions) = await TriggerWorld.OnAsync();
        var arn = functions.Add(_ => { });
        var pool = await new TriggerWorld(world, functions).PoolAsync(new JsonObject { ["PreSignUp"] = arn });

        var answer = await SignUpAsync(pool, "ann", new JsonObject
        {
            ["ValidationData"] = new JsonArray(SignInCalls.Attribute("invite", "xyz")),
            ["ClientMetadata"] = new JsonObject { ["page"] = "start" },
        });

        answer.Status.ShouldBe(200, answer.Text);
        functions.EventsOf(arn).ShouldHaveSingleItem().ShouldBeEvent(pool, """
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"PreSignUp_SignUp",
             "request":{"userAttributes":{"email":"ann@example.com"},"validationData":{"invite":"xyz"},"clientMetadata":{"page":"start"}},
             "response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}
            """);
    }

    [Fact]
    public async Task The_words_of_a_function_reach_the_client_and_no_user_is_made()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PreSignUp"] = tw.Functions.Add(_ => throw new FunctionException("Not on the list")) });

        var answer = await SignUpAsync(pool, "ann");

        answer.ShouldBeError("UserLambdaValidationException", "PreSignUp failed with error Not on the list.");
        (await pool.AdminAsync("AdminGetUser", "ann")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task A_function_confirms_and_verifies()
    {
        var tw = await TriggerWorld.OnAsync();
        var after = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject
        {
            ["PreSignUp"] = tw.Functions.Add(e => e["response"] = new JsonObject { ["autoConfirmUser"] = true, ["autoVerifyEmail"] = true }),
            ["PostConfirmation"] = after,
        });

        var answer = await SignUpAsync(pool, "ann");

        answer.Json["UserConfirmed"]!.GetValue<bool>().ShouldBeTrue(answer.Text);
        answer.Json["CodeDeliveryDetails"].ShouldBeNull();
        (await pool.DescribeAsync("ann")).Attribute("email_verified").ShouldBe("true");
        var e = tw.EventOf(after);
        e.Source().ShouldBe("PostConfirmation_ConfirmSignUp");
        e.Request()["userAttributes"]!["cognito:user_status"]!.GetValue<string>().ShouldBe("CONFIRMED");
        (await new TestUser(pool, "ann", TestPool.Password, "").TrySignInAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_user_that_a_function_confirmed_goes_on_with_the_session_of_the_sign_up()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PreSignUp"] = tw.Functions.Add(e => e.Response()["autoConfirmUser"] = true) });

        var answer = await SignUpAsync(pool, "ann");

        (await pool.StartAsync("USER_AUTH", new JsonObject { ["USERNAME"] = "ann" }, answer.Session())).ShouldBeSignedIn();
    }

    [Fact]
    public async Task What_was_not_given_can_not_be_verified()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PreSignUp"] = tw.Functions.Add(e => e.Response()["autoVerifyPhone"] = true) });

        (await SignUpAsync(pool, "ann")).ShouldBeError("InvalidLambdaResponseException", "Unrecognizable lambda output");
    }

    [Fact]
    public async Task Administrators_users_are_asked_about_too_but_answers_are_ignored()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(e => e["response"] = new JsonObject { ["autoConfirmUser"] = true, ["autoVerifyEmail"] = true });
        var pool = await tw.PoolAsync(new JsonObject { ["PreSignUp"] = arn });

        await pool.ManageAsync("AdminCreateUser", "ann", new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "ann@example.com")),
        });

        tw.EventOf(arn).ShouldBeEvent(pool, """
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"CLIENT_ID_NOT_APPLICABLE"},"triggerSource":"PreSignUp_AdminCreateUser",
             "request":{"userAttributes":{"email":"ann@example.com"},"validationData":null},
             "response":{"autoConfirmUser":false,"autoVerifyEmail":false,"autoVerifyPhone":false}}
            """);
        var user = await pool.DescribeAsync("ann");
        user.Text("UserStatus").ShouldBe("FORCE_CHANGE_PASSWORD");
        user.Attribute("email_verified").ShouldBeNull();
    }

    [Fact]
    public async Task A_confirmation_is_told()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PostConfirmation"] = arn });
        var ann = await pool.SignedUpAsync("ann");
        var code = await tw.World.CodeAsync(ann.Email);

        var answer = await pool.PublicAsync("ConfirmSignUp", "ann", new JsonObject { ["ConfirmationCode"] = code, ["ClientMetadata"] = new JsonObject { ["a"] = "b" } });

        answer.Status.ShouldBe(200, answer.Text);
        tw.EventOf(arn).ShouldBeEvent(pool, $$$"""
            {"version":"1","region":"us-east-1","userPoolId":"@pool","userName":"ann",
             "callerContext":{"awsSdkVersion":"aws-sdk-unknown-unknown","clientId":"@client"},"triggerSource":"PostConfirmation_ConfirmSignUp",
             "request":{"userAttributes":{"sub":"{{{ann.Sub}}}","cognito:user_status":"CONFIRMED","email":"{{{ann.Email}}}","email_verified":"true"},"clientMetadata":{"a":"b"}},
             "response":{}}
            """);
    }

    [Fact]
    public async Task A_refusal_after_the_confirmation_undoes_nothing()
    {
        var tw = await TriggerWorld.OnAsync();
        var pool = await tw.PoolAsync(new JsonObject { ["PostConfirmation"] = tw.Functions.Add(_ => throw new FunctionException("no room")) });
        await pool.SignedUpAsync("ann");

        var answer = await pool.AdminAsync("AdminConfirmSignUp", "ann");

        answer.ShouldBeError("UserLambdaValidationException", "PostConfirmation failed with error no room.");
        (await pool.DescribeAsync("ann")).Text("UserStatus").ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task A_reset_password_is_told()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PostConfirmation"] = arn });
        var ann = await pool.VerifiedAsync("ann");
        await tw.World.CodeAsync(ann.Email);
        (await pool.PublicAsync("ForgotPassword", "ann")).Status.ShouldBe(200);

        var answer = await pool.PublicAsync(
            "ConfirmForgotPassword", "ann", new JsonObject { ["ConfirmationCode"] = await tw.World.CodeAsync(ann.Email, 2), ["Password"] = "Another-horse-2" });

        answer.Status.ShouldBe(200, answer.Text);
        // The first was the administrator's confirmation.
        tw.Functions.EventsOf(arn).Select(e => e.Source()).ShouldBe(["PostConfirmation_ConfirmSignUp", "PostConfirmation_ConfirmForgotPassword"]);
    }

    [Fact]
    public async Task In_pools_where_addresses_are_names_functions_see_the_name_that_the_user_will_have()
    {
        var tw = await TriggerWorld.OnAsync();
        var arn = tw.Functions.Add(_ => { });
        var pool = await tw.PoolAsync(new JsonObject { ["PreSignUp"] = arn }, new JsonObject { ["UsernameAttributes"] = new JsonArray("email") });

        var answer = await SignUpAsync(pool, "ann@example.com");

        tw.EventOf(arn)["userName"]!.GetValue<string>().ShouldBe(answer.Json["UserSub"]!.GetValue<string>());
    }

    private static Task<Answer> SignUpAsync(TestPool pool, string name, JsonObject? more = null)
    {
        var request = more ?? [];
        request["Password"] = TestPool.Password;
        request["UserAttributes"] = new JsonArray(SignInCalls.Attribute("email", "ann@example.com"));
        return pool.PublicAsync("SignUp", name, request);
    }
}
