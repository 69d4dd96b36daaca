using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>A pool that asks everybody for a second factor: MFA_SETUP.</summary>
public sealed class RequiredMfaTests
{
    [Fact]
    public async Task Who_has_none_sets_an_app_up_and_is_in()
    {
        var (pool, bob, challenged) = await SetUpAsync("totp");
        var world = pool.World;

        var associated = await world.DoAsync("AssociateSoftwareToken", Session(challenged));
        var app = new Authenticator(associated["SecretCode"]!.GetValue<string>());
        var verified = await VerifyAsync(world, associated, app.Code()).ShouldSucceedAsync();
        var answer = await pool.RespondAsync("MFA_SETUP", verified["Session"]!.GetValue<string>(), "bob").ShouldSucceedAsync();

        challenged.Parameter("MFAS_CAN_SETUP").ShouldBe("""["SOFTWARE_TOKEN_MFA"]""");
        verified["Status"]!.GetValue<string>().ShouldBe("SUCCESS");
        answer.ShouldBeSignedIn();
        var user = await pool.DescribeAsync("bob");
        user["PreferredMfaSetting"]!.GetValue<string>().ShouldBe("SOFTWARE_TOKEN_MFA");
        (await bob.TrySignInAsync().ShouldSucceedAsync()).Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        (await pool.RespondAsync("MFA_SETUP", verified["Session"]!.GetValue<string>(), "bob"))
            .ShouldBeError("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
    }

    [Fact]
    public async Task A_session_without_an_app_is_not_enough()
    {
        var (pool, _, challenged) = await SetUpAsync("totp");
        var associated = await pool.World.DoAsync("AssociateSoftwareToken", Session(challenged));

        (await pool.RespondAsync(challenged, "bob")).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await pool.RespondAsync("MFA_SETUP", associated["Session"]!.GetValue<string>(), "bob")).Type.ShouldBe("NotAuthorizedException");
    }

    [Fact]
    public async Task An_older_session_does_not_replace_an_app()
    {
        var (pool, bob, mine) = await SetUpAsync("totp");
        var theirs = await bob.TrySignInAsync().ShouldSucceedAsync();
        var associated = await pool.World.DoAsync("AssociateSoftwareToken", Session(mine));
        var app = new Authenticator(associated["SecretCode"]!.GetValue<string>());
        await VerifyAsync(pool.World, associated, app.Code()).ShouldSucceedAsync();

        (await pool.World.CallAsync("AssociateSoftwareToken", Session(theirs))).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
        (await pool.RespondAsync(theirs, "bob")).Type.ShouldBe("NotAuthorizedException");
    }

    [Fact]
    public async Task A_session_of_another_challenge_sets_nothing_up()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "email totp");
        var bob = await pool.ReachableAsync("bob");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        (await pool.World.CallAsync("AssociateSoftwareToken", Session(challenged))).ShouldBeError("NotAuthorizedException", "Invalid session for the user.");
    }

    [Fact]
    public async Task Who_has_an_address_is_asked_there_without_any_preference()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "sms");
        var bob = await pool.ReachableAsync("bob");

        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        challenged.Challenge().ShouldBe("SMS_MFA");
        (await pool.RespondAsync(challenged, "bob", ("SMS_MFA_CODE", await pool.World.CodeAsync(bob.Phone()))).ShouldSucceedAsync()).ShouldBeSignedIn();
    }

    [Fact]
    public async Task An_address_becomes_a_factor_by_its_code()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "email");
        await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject { ["MessageAction"] = "SUPPRESS" }).ShouldSucceedAsync();
        await pool.AdminAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = TestPool.Password, ["Permanent"] = true }).ShouldSucceedAsync();
        var bob = new TestUser(pool, "bob", TestPool.Password, "");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();

        var asked = await pool.RespondAsync(challenged, "bob", ("EMAIL", bob.Email)).ShouldSucceedAsync();
        var answer = await pool.RespondAsync(asked, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync();

        challenged.Parameter("MFAS_CAN_SETUP").ShouldBe("""["EMAIL_OTP"]""");
        asked.Challenge().ShouldBe("EMAIL_OTP");
        answer.ShouldBeSignedIn();
        var user = await pool.DescribeAsync("bob");
        (user.Attribute("email"), user.Attribute("email_verified")).ShouldBe((bob.Email, "true"));
        user["PreferredMfaSetting"]!.GetValue<string>().ShouldBe("EMAIL_OTP");
    }

    [Fact]
    public async Task A_new_password_leads_to_the_second_factor()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "totp");
        await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject { ["MessageAction"] = "SUPPRESS", ["TemporaryPassword"] = "Temporary-1" }).ShouldSucceedAsync();
        var challenged = await new TestUser(pool, "bob", "Temporary-1", "").TrySignInAsync().ShouldSucceedAsync();

        var answer = await pool.RespondAsync(challenged, "bob", ("NEW_PASSWORD", TestPool.Password)).ShouldSucceedAsync();

        answer.Challenge().ShouldBe("MFA_SETUP");
        answer.ContainsKey("AuthenticationResult").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Of_many_answers_at_once_one_is_let_in(Engine engine)
    {
        var (pool, _, challenged) = await SetUpAsync("totp", engine);
        var associated = await pool.World.DoAsync("AssociateSoftwareToken", Session(challenged));
        var verified = await VerifyAsync(pool.World, associated, new Authenticator(associated["SecretCode"]!.GetValue<string>()).Code()).ShouldSucceedAsync();
        var session = verified["Session"]!.GetValue<string>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => pool.RespondAsync("MFA_SETUP", session, "bob")));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Message == "Invalid session for the user, session can only be used once.");
    }

    private static async Task<(TestPool Pool, TestUser User, JsonObject Challenged)> SetUpAsync(string factors, Engine engine = Engine.Sqlite)
    {
        var pool = await (await World.OnAsync(engine)).MfaPoolAsync("ON", factors);
        var bob = await pool.ConfirmedAsync("bob");
        var challenged = await bob.TrySignInAsync().ShouldSucceedAsync();
        challenged.Challenge().ShouldBe("MFA_SETUP");
        return (pool, bob, challenged);
    }

    private static JsonObject Session(JsonObject answer) => new() { ["Session"] = answer["Session"]!.GetValue<string>() };

    private static Task<Answer> VerifyAsync(World world, JsonObject associated, string code)
    {
        var request = Session(associated);
        request["UserCode"] = code;
        return world.CallAsync("VerifySoftwareToken", request);
    }
}
