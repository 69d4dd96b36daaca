using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>What follows a right password: SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE.</summary>
public sealed class SecondFactorTests
{
    [Fact]
    public async Task A_code_of_the_app_signs_in_once()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = app.Code(1);

        var answer = await AppAsync(bob, challenged, code);

        challenged.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        challenged.Parameter("USER_ID_FOR_SRP").ShouldBe("bob");
        answer.Json.ShouldBeSignedIn();
        (await AppAsync(bob, challenged, code)).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
        (await AppAsync(bob, await bob.TrySignInAsync().ShouldSucceedAsync(), code))
            .ShouldBeError("ExpiredCodeException", "Your software token has already been used once.");
    }

    [Fact]
    public async Task The_code_that_set_the_app_up_is_used()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        var answers = new[] { await AppAsync(bob, challenged, app.Code(-1)), await AppAsync(bob, challenged, app.Code()) };

        answers.ShouldContain(a => a.Type == "ExpiredCodeException" && a.Message == "Your software token has already been used once.");
    }

    [Fact]
    public async Task A_wrong_code_of_the_app_leaves_the_session()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        (await AppAsync(bob, challenged, app.WrongCode())).ShouldBeError("CodeMismatchException", "Invalid code received for user");

        (await AppAsync(bob, challenged, app.Code(1)).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task Guessing_locks_the_user_whatever_the_session()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bob.TrySignInAsync().ShouldSucceedAsync()));
        var wrong = app.WrongCode();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => AppAsync(bob, sessions[i % 4], wrong)));

        // Five before the lock; a slow machine may see the lock of a second end once or twice.
        answers.Count(a => a.Type == "CodeMismatchException").ShouldBeInRange(5, 8);
        answers.Where(a => a.Type != "CodeMismatchException")
            .ShouldAllBe(a => a.Type == "LimitExceededException" && a.Message == "Attempt limit exceeded, please try after some time.");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_sign_ins_at_once_one_uses_the_step(Engine engine)
    {
        var (bob, app) = await (await World.OnAsync(engine)).WithAppAsync();
        // Four sessions: more passwords at once would meet the lock on guessing passwords.
        var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bob.TrySignInAsync().ShouldSucceedAsync()));
        var code = app.Code(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => AppAsync(bob, sessions[i % 4], code)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200)
            .ShouldAllBe(a => a.Type == "ExpiredCodeException" || a.Type == "NotAuthorizedException" || a.Type == "LimitExceededException");
    }

    [Theory]
    [InlineData("email", "EMAIL_OTP", "EMAIL")]
    [InlineData("sms", "SMS_MFA", "SMS")]
    public async Task A_code_that_was_sent_signs_in_once(string factor, string challenge, string medium)
    {
        var bob = await ReachableAsync(factor);
        var address = factor == "email" ? bob.Email : bob.Phone();
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(address);

        (await CodeAsync(bob, challenged, FactorCalls.Other(code))).ShouldBeError("CodeMismatchException", "Invalid code or auth state for the user.");
        var answer = await CodeAsync(bob, challenged, code).ShouldSucceedAsync();

        challenged.Challenge().ShouldBe(challenge);
        challenged.Parameter("CODE_DELIVERY_DELIVERY_MEDIUM").ShouldBe(medium);
        challenged.Parameter("CODE_DELIVERY_DESTINATION")!.ShouldContain("***");
        code.Length.ShouldBe(6);
        answer.ShouldBeSignedIn();
        (await CodeAsync(bob, challenged, code)).ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task The_pools_own_text_carries_the_code()
    {
        var bob = await ReachableAsync("sms");
        await bob.TrySignInAsync().ShouldSucceedAsync();

        var code = await bob.Pool.World.CodeAsync(bob.Phone());

        var messages = JsonNode.Parse(await bob.Pool.World.Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(bob.Phone()), TestContext.Current.CancellationToken))!;
        messages[0]!["text"]!.GetValue<string>().ShouldBe($"Sign in with {code}!");
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_answers_at_once_one_signs_in(Engine engine)
    {
        var bob = await ReachableAsync("email", engine);
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => CodeAsync(bob, challenged, code)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Type == "NotAuthorizedException" || a.Type == "LimitExceededException");
    }

    [Fact]
    public async Task A_code_is_of_its_own_session()
    {
        var bob = await ReachableAsync("email");
        var first = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);
        var second = await bob.TrySignInAsync().ShouldSucceedAsync();

        (await CodeAsync(bob, second, code)).Type.ShouldBe("CodeMismatchException");

        (await CodeAsync(bob, first, code).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task A_code_proves_no_later_address()
    {
        var bob = await ReachableAsync("email");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);
        await bob.Pool.AdminAsync("AdminUpdateUserAttributes", "bob", new JsonObject
        {
            ["UserAttributes"] = Calls.Attributes(("email", "new." + bob.Email), ("email_verified", "true")),
        }).ShouldSucceedAsync();

        (await CodeAsync(bob, challenged, code)).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task A_user_disabled_meanwhile_stays_outside()
    {
        var bob = await ReachableAsync("email");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var code = await bob.Pool.World.CodeAsync(bob.Email);
        await bob.Pool.AdminAsync("AdminDisableUser", "bob").ShouldSucceedAsync();

        (await CodeAsync(bob, challenged, code)).ShouldBeError("NotAuthorizedException", "User is disabled.");
    }

    [Fact]
    public async Task A_challenge_answers_to_its_user_and_kind_only()
    {
        var bob = await ReachableAsync("email");
        await bob.Pool.ReachableAsync("eve");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        var (session, code) = (challenged["Session"]!.GetValue<string>(), await bob.Pool.World.CodeAsync(bob.Email));

        (await bob.Pool.RespondAsync(challenged, "eve", ("EMAIL_OTP_CODE", code))).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await bob.Pool.RespondAsync("SMS_MFA", session, "bob", ("SMS_MFA_CODE", code))).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await bob.Pool.RespondAsync("EMAIL_OTP", session, "bob")).ShouldBeError("InvalidParameterException", "Missing required parameter EMAIL_OTP_CODE");
    }

    [Fact]
    public async Task Who_has_several_and_prefers_none_chooses()
    {
        var bob = await ReachableAsync("sms email");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        var chosen = await bob.Pool.RespondAsync(challenged, "bob", ("ANSWER", "EMAIL_MFA")).ShouldSucceedAsync();

        challenged.Challenge().ShouldBe("SELECT_MFA_TYPE");
        challenged.Parameter("MFAS_CAN_CHOOSE").ShouldBe("""["SMS_MFA","EMAIL_OTP"]""");
        chosen.Challenge().ShouldBe("EMAIL_OTP");
        (await CodeAsync(bob, chosen, await bob.Pool.World.CodeAsync(bob.Email)).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task What_the_user_has_not_cannot_be_chosen()
    {
        var bob = await ReachableAsync("sms email");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        (await bob.Pool.RespondAsync(challenged, "bob", ("ANSWER", "SOFTWARE_TOKEN_MFA"))).Type.ShouldBe("MFAMethodNotFoundException");

        (await bob.Pool.RespondAsync(challenged, "bob", ("ANSWER", "SMS_MFA")).ShouldSucceedAsync()).Challenge().ShouldBe("SMS_MFA");
        (await bob.Pool.RespondAsync(challenged, "bob", ("ANSWER", "SMS_MFA"))).Type.ShouldBe("NotAuthorizedException");
    }

    [Fact]
    public async Task The_preferred_factor_is_asked_for()
    {
        var bob = await ReachableAsync("sms email");
        await bob.PreferAsync("sms email!").ShouldSucceedAsync();

        (await bob.TrySignInAsync().ShouldSucceedAsync()).Challenge().ShouldBe("EMAIL_OTP");
    }

    [Fact]
    public async Task A_pool_turned_off_asks_nobody()
    {
        var bob = await ReachableAsync("email");

        await bob.Pool.SetMfaAsync("OFF", "").ShouldSucceedAsync();

        (await bob.TrySignInAsync().ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task An_address_that_is_the_second_factor_does_not_recover_the_first()
    {
        var bob = await ReachableAsync("email");

        var answer = await bob.Pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();

        answer["CodeDeliveryDetails"]!["DeliveryMedium"]!.GetValue<string>().ShouldBe("SMS");
    }

    [Fact]
    public async Task A_reset_password_does_not_spare_the_second_factor()
    {
        var bob = await ReachableAsync("email");
        await bob.Pool.PublicAsync("ForgotPassword", "bob").ShouldSucceedAsync();
        await bob.Pool.PublicAsync("ConfirmForgotPassword", "bob", new JsonObject
        {
            ["ConfirmationCode"] = await bob.Pool.World.CodeAsync(bob.Phone()),
            ["Password"] = "Another-horse-2",
        }).ShouldSucceedAsync();

        (await bob.TrySignInAsync("Another-horse-2").ShouldSucceedAsync()).Challenge().ShouldBe("EMAIL_OTP");
    }

    private static async Task<TestUser> ReachableAsync(string factors, Engine engine = Engine.Sqlite)
    {
        var pool = await (await World.OnAsync(engine)).MfaPoolAsync("OPTIONAL", factors);
        var bob = await pool.ReachableAsync("bob");
        await bob.PreferAsync(factors).ShouldSucceedAsync();
        return bob;
    }

    private static Task<Answer> AppAsync(TestUser user, JsonObject challenged, string code) =>
        user.Pool.RespondAsync(challenged, user.Name, ("SOFTWARE_TOKEN_MFA_CODE", code));

    private static Task<Answer> CodeAsync(TestUser user, JsonObject challenged, string code) =>
        user.Pool.RespondAsync(challenged, user.Name, (challenged.Challenge() + "_CODE", code));
}
