using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>USER_AUTH with EMAIL_OTP and SMS_OTP, and users without a password.</summary>
public sealed class FirstFactorTests
{
    [Theory]
    [InlineData("EMAIL_OTP", "EMAIL")]
    [InlineData("SMS_OTP", "SMS")]
    public async Task A_code_signs_in_once(string factor, string medium)
    {
        var bob = await (await PoolAsync()).ReachableAsync("bob", hasPassword: false);
        var challenged = await bob.Pool.ChooseAsync("bob", factor).ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(factor == "EMAIL_OTP" ? bob.Email : bob.Phone());

        var wrong = await bob.Pool.RespondAsync(challenged, "bob", (factor + "_CODE", FactorCalls.Other(code)));
        var answer = await bob.Pool.RespondAsync(challenged, "bob", (factor + "_CODE", code)).ShouldSucceedAsync();
        var again = await bob.Pool.RespondAsync(challenged, "bob", (factor + "_CODE", code));

        challenged.Challenge().ShouldBe(factor);
        challenged.Available().ShouldBe([factor]);
        challenged["ChallengeParameters"]!.AsObject().Count.ShouldBe(2);
        challenged.Parameter("CODE_DELIVERY_DELIVERY_MEDIUM").ShouldBe(medium);
        code.Length.ShouldBe(8);
        wrong.ShouldBeError("CodeMismatchException", "Invalid code or auth state for the user.");
        answer.ShouldBeSignedIn();
        again.ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task Six_wrong_codes_do_not_lock()
    {
        var bob = await (await PoolAsync()).ReachableAsync("bob");
        var challenged = await bob.Pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);

        for (var i = 0; i < 6; i++)
            (await bob.Pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", FactorCalls.Other(code)))).Type.ShouldBe("CodeMismatchException");

        (await bob.Pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", code)).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Twenty_guesses_end_a_challenge_and_not_the_next()
    {
        var bob = await (await PoolAsync()).ReachableAsync("bob");
        var challenged = await bob.Pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);
        for (var i = 0; i < 20; i++) await bob.Pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", "x"));

        (await bob.Pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", code))).Type.ShouldBe("LimitExceededException");

        var next = await bob.Pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        code = await bob.Pool.World.CodeAsync(bob.Email, atLeast: 2);
        (await bob.Pool.RespondAsync(next, "bob", ("EMAIL_OTP_CODE", code)).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_answers_at_once_one_signs_in(Engine engine)
    {
        var bob = await (await PoolAsync(engine)).ReachableAsync("bob");
        var challenged = await bob.Pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => bob.Pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", code))));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "NotAuthorizedException" || a.Type == "LimitExceededException");
    }

    [Fact]
    public async Task Without_a_preference_the_factors_are_named_and_one_is_chosen()
    {
        var bob = await (await PoolAsync()).ReachableAsync("bob");
        var offered = await bob.Pool.ChooseAsync("bob").ShouldSucceedAsync();

        var chosen = await bob.Pool.RespondAsync(offered, "bob", ("ANSWER", "EMAIL_OTP")).ShouldSucceedAsync();

        offered.Challenge().ShouldBe("SELECT_CHALLENGE");
        offered.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP"]);
        chosen.Challenge().ShouldBe("EMAIL_OTP");
        (await bob.Pool.RespondAsync(chosen, "bob", ("EMAIL_OTP_CODE", await bob.Pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_password_in_the_first_call_completes_there()
    {
        var bob = await (await PoolAsync()).ReachableAsync("bob");

        var answer = await bob.Pool.ChooseAsync("bob", "PASSWORD", new JsonObject { ["PASSWORD"] = bob.Password }).ShouldSucceedAsync();

        answer.ShouldBeSignedIn();
    }

    [Fact]
    public async Task Unverified_addresses_get_no_code()
    {
        var pool = await PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync()).Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
    }

    [Fact]
    public async Task A_temporary_password_comes_first()
    {
        var pool = await PoolAsync();
        await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject
        {
            ["MessageAction"] = "SUPPRESS",
            ["TemporaryPassword"] = "Temporary-1",
            ["UserAttributes"] = Calls.Attributes(("email", pool.EmailOf("bob")), ("email_verified", "true")),
        }).ShouldSucceedAsync();

        var offered = await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();

        offered.Challenge().ShouldBe("SELECT_CHALLENGE");
        offered.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
    }

    [Fact]
    public async Task Who_has_a_second_factor_begins_with_the_password()
    {
        var pool = await PoolAsync();
        await pool.SetMfaAsync("OPTIONAL", "sms").ShouldSucceedAsync();
        var bob = await pool.ReachableAsync("bob");
        await bob.PreferAsync("sms!").ShouldSucceedAsync();

        (await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync()).Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
        (await pool.ChooseAsync("bob", "PASSWORD", new JsonObject { ["PASSWORD"] = bob.Password }).ShouldSucceedAsync()).Challenge().ShouldBe("SMS_MFA");
    }

    [Fact]
    public async Task A_user_who_is_not_there_is_asked_for_a_code_that_nobody_has()
    {
        var pool = await PoolAsync(client: JsonNode.Parse(
            """{"ExplicitAuthFlows":["ALLOW_USER_AUTH"],"PreventUserExistenceErrors":"ENABLED"}""")!.AsObject());

        var challenged = await pool.ChooseAsync("john@gmail.example", "EMAIL_OTP").ShouldSucceedAsync();

        challenged.Challenge().ShouldBe("EMAIL_OTP");
        challenged.Parameter("CODE_DELIVERY_DESTINATION").ShouldBe("j***@g***");
        (await pool.RespondAsync(challenged, "john@gmail.example", ("EMAIL_OTP_CODE", "12345678")))
            .ShouldBeError("CodeMismatchException", "Invalid code or auth state for the user.");
    }

    [Fact]
    public async Task Nothing_tells_a_user_from_nobody()
    {
        var pool = await PoolAsync(client: JsonNode.Parse(
            """{"ExplicitAuthFlows":["ALLOW_USER_AUTH"],"PreventUserExistenceErrors":"ENABLED"}""")!.AsObject());
        await pool.ReachableAsync("somebody");

        var real = await pool.ChooseAsync("somebody", "EMAIL_OTP").ShouldSucceedAsync();
        var simulated = await pool.ChooseAsync("a-nobody", "EMAIL_OTP").ShouldSucceedAsync();

        simulated["Session"]!.GetValue<string>().Length.ShouldBe(real["Session"]!.GetValue<string>().Length);
        simulated["ChallengeParameters"]!.AsObject().Select(p => p.Key).ShouldBe(real["ChallengeParameters"]!.AsObject().Select(p => p.Key));
        (await pool.ChooseAsync("somebody").ShouldSucceedAsync()).Available()[..3]
            .ShouldBe((await pool.ChooseAsync("a-nobody").ShouldSucceedAsync()).Available());
    }

    [Fact]
    public async Task Where_users_are_not_hidden_nobody_is_told_apart()
    {
        (await (await PoolAsync()).ChooseAsync("nobody", "EMAIL_OTP")).ShouldBeError("UserNotFoundException", "User does not exist.");
    }

    [Fact]
    public async Task A_user_signs_up_without_a_password()
    {
        var pool = await PoolAsync();
        var email = pool.EmailOf("bob");
        await pool.PublicAsync("SignUp", "bob", new JsonObject { ["UserAttributes"] = Calls.Attributes(("email", email)) }).ShouldSucceedAsync();
        await pool.PublicAsync("ConfirmSignUp", "bob", new JsonObject { ["ConfirmationCode"] = await pool.World.CodeAsync(email) }).ShouldSucceedAsync();

        var challenged = await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();

        (await pool.RespondAsync(challenged, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(email, atLeast: 2))).ShouldSucceedAsync()).ShouldBeSignedIn();
        (await pool.ChooseAsync("bob").ShouldSucceedAsync()).Available().ShouldBe(["EMAIL_OTP"]);
    }

    [Fact]
    public async Task Where_no_code_can_reach_the_user_a_password_is_needed()
    {
        var pool = await PoolAsync();

        (await pool.PublicAsync("SignUp", "bob")).ShouldBeError("InvalidPasswordException", "Password did not conform with policy: Password not long enough");
    }

    [Fact]
    public async Task An_administrators_user_without_a_password_is_confirmed()
    {
        var pool = await PoolAsync();

        await pool.ReachableAsync("bob", hasPassword: false);

        (await pool.DescribeAsync("bob"))["UserStatus"]!.GetValue<string>().ShouldBe("CONFIRMED");
    }

    private static async Task<TestPool> PoolAsync(Engine engine = Engine.Sqlite, JsonObject? client = null) =>
        await (await World.OnAsync(engine)).PoolAsync(
            JsonNode.Parse("""
                {"AutoVerifiedAttributes":["email"],"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP","SMS_OTP"]}}}
                """)!.AsObject(),
            client);
}
