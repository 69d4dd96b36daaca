using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignIn;

/// <summary>TARGET_ACR_VALUES, MAX_AGE and ACCESS_TOKEN of USER_AUTH, and the claims acr and amr.</summary>
public sealed class StepUpTests
{
    private const string Level = "urn:cognito:loa:";

    [Fact]
    public async Task A_password_is_the_first_level()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        var tokens = await bob.SignInAsync();

        ShouldClaim(tokens, Level + 1, "pwd");
    }

    [Fact]
    public async Task A_code_by_mail_is_the_second_level()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(firstFactors: ["EMAIL_OTP"]);
        var bob = await pool.ReachableAsync("bob", hasPassword: false);
        var sent = await pool.ChooseAsync("bob", "EMAIL_OTP").ShouldSucceedAsync();

        var signedIn = await pool.RespondAsync(sent, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 2, "email_otp");
    }

    [Theory]
    [InlineData("platform", "swk")]
    [InlineData("cross-platform", "hwk")]
    [InlineData(null, "swk")]
    public async Task A_passkey_is_the_third_level(string? attachment, string method)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync(new SoftwarePasskey { Attachment = attachment });

        var signedIn = await bob.TryPasskeyAsync(passkey).ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 3, method);
    }

    [Fact]
    public async Task A_password_with_a_code_by_mail_is_the_third_level_and_refreshes_keep_it()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "email");
        var bob = await pool.ReachableAsync("bob");
        await bob.PreferAsync("email!").ShouldSucceedAsync();
        var asked = (await bob.TrySignInAsync()).Json;

        var signedIn = await pool.RespondAsync(asked, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync();

        var tokens = Testing.Tokens.Of(signedIn);
        ShouldClaim(tokens, Level + 3, "pwd", "email_otp", "mfa");
        var refreshed = await pool.RefreshOldAsync(tokens.Refresh!).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(refreshed), Level + 3, "pwd", "email_otp", "mfa");
    }

    [Fact]
    public async Task A_password_with_an_app_is_the_fourth_level()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();
        var asked = (await bob.TrySignInAsync()).Json;

        var signedIn = await bob.Pool.RespondAsync(asked, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 4, "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task A_new_password_is_the_first_level()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var bob = await pool.InvitedAsync("bob");
        var asked = (await bob.TrySignInAsync()).Json;

        var signedIn = await pool.RespondAsync(asked, "bob", ("NEW_PASSWORD", "Another-horse-1")).ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 1, "pwd");
    }

    [Fact]
    public async Task From_a_token_only_the_second_factor_is_asked_for()
    {
        var (bob, app) = await UnaskedAppAsync();
        var tokens = await bob.SignInAsync();

        var asked = await StepUpAsync(bob, Level + 4, tokens).ShouldSucceedAsync();

        asked.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        var stepped = Testing.Tokens.Of(await bob.Pool.RespondAsync(asked, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync());
        ShouldClaim(stepped, Level + 4, "pwd", "otp", "mfa");
        stepped.Refresh.ShouldNotBe(tokens.Refresh);
        // The token that it began from stays what it was.
        (await bob.Pool.World.GetUserAsync(tokens.Access)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Without_a_token_everything_is_asked_for()
    {
        var (bob, app) = await UnaskedAppAsync();

        var asked = await StepUpAsync(bob, Level + 4).ShouldSucceedAsync();
        asked.Challenge().ShouldBe("SELECT_CHALLENGE");
        asked.Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
        var second = await bob.Pool.RespondAsync(asked, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password)).ShouldSucceedAsync();

        second.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        var signedIn = await bob.Pool.RespondAsync(second, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 4, "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task By_srp_everything_is_asked_for_too()
    {
        var (bob, app) = await UnaskedAppAsync();
        var person = new SrpPerson(bob.Pool);
        var challenge = await bob.Pool.World.CallAsync("InitiateAuth", new JsonObject
        {
            ["ClientId"] = bob.Pool.ClientId,
            ["AuthFlow"] = "USER_AUTH",
            ["AuthParameters"] = new JsonObject
            {
                ["USERNAME"] = "bob", ["PREFERRED_CHALLENGE"] = "PASSWORD_SRP", ["SRP_A"] = person.A, ["TARGET_ACR_VALUES"] = Level + 4,
            },
        });

        var second = await bob.Pool.RespondAsync("PASSWORD_VERIFIER", null, person.Proof(challenge)).ShouldSucceedAsync();

        second.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        var signedIn = await bob.Pool.RespondAsync(second, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 4, "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task The_first_level_that_can_be_reached_counts()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();

        var asked = await StepUpAsync(bob, $"urn:nobody {Level}4 {Level}3 {Level}1").ShouldSucceedAsync();

        asked.Available().ShouldBe(["WEB_AUTHN"]);
        var signedIn = await bob.Pool.RespondAsync(
            asked, "bob", ("ANSWER", "WEB_AUTHN"), ("CREDENTIAL", passkey.Get(asked.RequestOptions()).ToJsonString())).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 3, "swk");
    }

    [Fact]
    public async Task From_a_token_a_passkey_steps_up()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var tokens = await bob.SignInAsync();

        var signedIn = await bob.TryPasskeyAsync(passkey, new JsonObject { ["TARGET_ACR_VALUES"] = Level + 3, ["ACCESS_TOKEN"] = tokens.Access }).ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 3, "pwd", "swk", "mfa");
    }

    [Fact]
    public async Task What_can_not_be_reached_is_an_error()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        (await StepUpAsync(bob, Level + 4)).ShouldBeError("InvalidParameterException", "The user has no factors that reach a requested authentication level.");
        (await StepUpAsync(bob, "urn:nobody")).ShouldBeError("InvalidParameterException", "None of the TARGET_ACR_VALUES is a level of this user pool.");
    }

    [Fact]
    public async Task What_is_reached_is_an_error()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        (await StepUpAsync(bob, Level + 1, await bob.SignInAsync())).ShouldBeError(
            "InvalidParameterException", "The access token already meets the requested authentication level.");
    }

    [Fact]
    public async Task Second_factors_are_a_floor()
    {
        var (bob, app) = await (await World.OnAsync()).WithAppAsync();

        var asked = await StepUpAsync(bob, Level + 1).ShouldSucceedAsync();
        var second = await bob.Pool.RespondAsync(asked, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password)).ShouldSucceedAsync();

        second.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        var signedIn = await bob.Pool.RespondAsync(second, "bob", ("SOFTWARE_TOKEN_MFA_CODE", app.Code(1))).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 4, "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task The_level_chooses_among_second_factors()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "totp email");
        var bob = await pool.ReachableAsync("bob");
        await bob.SetUpAppAsync(await bob.SignInAsync());
        await bob.PreferAsync("totp email!").ShouldSucceedAsync();

        var asked = await StepUpAsync(bob, Level + 4).ShouldSucceedAsync();
        var second = await pool.RespondAsync(asked, "bob", ("ANSWER", "PASSWORD"), ("PASSWORD", bob.Password)).ShouldSucceedAsync();

        second.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
    }

    [Fact]
    public async Task Of_several_factors_that_reach_the_level_one_is_chosen()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "sms email");
        var bob = await pool.ReachableAsync("bob");

        var asked = await StepUpAsync(bob, Level + 3, await bob.SignInAsync()).ShouldSucceedAsync();
        asked.Challenge().ShouldBe("SELECT_MFA_TYPE");
        asked.Parameter("MFAS_CAN_CHOOSE").ShouldBe("""["SMS_MFA","EMAIL_OTP"]""");
        (await pool.RespondAsync(asked, "bob", ("ANSWER", "SOFTWARE_TOKEN_MFA"))).ShouldBeError("MFAMethodNotFoundException");
        var sent = await pool.RespondAsync(asked, "bob", ("ANSWER", "EMAIL_OTP")).ShouldSucceedAsync();

        var signedIn = await pool.RespondAsync(sent, "bob", ("EMAIL_OTP_CODE", await pool.World.CodeAsync(bob.Email))).ShouldSucceedAsync();
        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 3, "pwd", "email_otp", "mfa");
    }

    [Fact]
    public async Task An_app_that_is_set_up_within_the_sign_in_counts()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "totp");
        var bob = await pool.ConfirmedAsync("bob");
        var asked = (await bob.TrySignInAsync()).Json;
        var made = await pool.World.DoAsync("AssociateSoftwareToken", new JsonObject { ["Session"] = asked["Session"]!.GetValue<string>() });
        var app = new Authenticator(made["SecretCode"]!.GetValue<string>());
        var verified = await pool.World.DoAsync("VerifySoftwareToken", new JsonObject { ["Session"] = made["Session"]!.GetValue<string>(), ["UserCode"] = app.Code() });

        var signedIn = await pool.RespondAsync("MFA_SETUP", verified["Session"]!.GetValue<string>(), "bob").ShouldSucceedAsync();

        ShouldClaim(Testing.Tokens.Of(signedIn), Level + 4, "pwd", "otp", "mfa");
    }

    [Fact]
    public async Task Whose_password_waits_to_be_replaced_has_no_credit()
    {
        var (bob, _) = await UnaskedAppAsync();
        var tokens = await bob.SignInAsync();
        await bob.Pool.AdminAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = "Another-horse-1", ["Permanent"] = false }).ShouldSucceedAsync();

        (await StepUpAsync(bob, Level + 4, tokens).ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
    }

    [Fact]
    public async Task An_old_sign_in_is_no_credit()
    {
        await using var world = await World.StartAsync();
        var (bob, _) = await UnaskedAppAsync(world);
        var tokens = await bob.SignInAsync();
        await world.AdvanceAsync("PT2M");

        (await StepUpAsync(bob, Level + 4, tokens, "60").ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
        (await StepUpAsync(bob, Level + 4, tokens, "600").ShouldSucceedAsync()).Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        // With the age over, what the token reached counts for nothing either.
        (await StepUpAsync(bob, Level + 1, tokens, "60").ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("99999999999")]
    public async Task An_age_is_a_number_of_seconds(string age)
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        (await StepUpAsync(bob, Level + 1, maxAge: age)).ShouldBeError("InvalidParameterException", "MAX_AGE must be a number of seconds.");
    }

    [Fact]
    public async Task A_token_is_credit_for_its_user_and_client_only()
    {
        var (bob, _) = await UnaskedAppAsync();
        var eve = await bob.Pool.ConfirmedAsync("eve");
        var elsewhere = await TestPool.CreateAsync(bob.Pool.World, bob.Pool.Id);
        var tokens = await bob.SignInAsync();

        const string words = "The access token is not of this user and app client.";
        (await StepUpAsync(bob, Level + 4, await eve.SignInAsync())).ShouldBeError("NotAuthorizedException", words);
        (await StepUpAsync(bob with { Pool = elsewhere }, Level + 4, tokens)).ShouldBeError("NotAuthorizedException", words);
        (await StepUpAsync(bob, Level + 4, tokens with { Access = tokens.Id })).ShouldBeError("NotAuthorizedException", "Invalid Access Token");
        await bob.Pool.World.OwnAsync("GlobalSignOut", tokens).ShouldSucceedAsync();
        (await StepUpAsync(bob, Level + 4, tokens)).ShouldBeError("NotAuthorizedException", "Access Token has been revoked");
    }

    [Fact]
    public async Task A_token_without_levels_is_an_error()
    {
        var bob = await (await (await World.OnAsync()).PoolAsync()).ConfirmedAsync("bob");

        (await StepUpAsync(bob, null, await bob.SignInAsync())).ShouldBeError("InvalidParameterException", "ACCESS_TOKEN requires TARGET_ACR_VALUES.");
    }

    [Fact]
    public async Task Guesses_are_not_forgotten_for_a_token()
    {
        var (bob, _) = await UnaskedAppAsync();
        var tokens = await bob.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            await StepUpAsync(bob, Level + 4, tokens).ShouldSucceedAsync();
            await bob.TrySignInAsync("Wrong-horse-1");
        }

        (await bob.TrySignInAsync("Wrong-horse-1")).ShouldBeError("NotAuthorizedException", "Password attempts exceeded");
    }

    [Fact]
    public async Task Levels_have_the_names_that_the_pool_gives()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(JsonNode.Parse("""{"AcrConfiguration":{"Level1":{"AcrValue":"https://example.com/low"}}}""")!.AsObject());
        var bob = await pool.ConfirmedAsync("bob");

        ShouldClaim(await bob.SignInAsync(), "https://example.com/low", "pwd");
        (await StepUpAsync(bob, Level + 1)).ShouldBeError("InvalidParameterException");
        (await StepUpAsync(bob, "https://example.com/low").ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
        (await world.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!["AcrConfiguration"]!.ToJsonString().ShouldBe(
            """{"Level1":{"AcrValue":"https://example.com/low"},"Level2":{"AcrValue":"urn:cognito:loa:2"},"Level3":{"AcrValue":"urn:cognito:loa:3"},"Level4":{"AcrValue":"urn:cognito:loa:4"}}""");
    }

    [Fact]
    public async Task A_name_of_the_past_is_no_level_but_its_methods_count()
    {
        var (bob, _) = await UnaskedAppAsync();
        var tokens = await bob.SignInAsync();
        await bob.Pool.ConfigureAsync("UpdateUserPool", JsonNode.Parse("""
            {"MfaConfiguration":"OPTIONAL","AcrConfiguration":{"Level1":{"AcrValue":"one"},"Level4":{"AcrValue":"four"}}}
            """)!.AsObject()).ShouldSucceedAsync();

        (await StepUpAsync(bob, "four", tokens).ShouldSucceedAsync()).Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
        (await StepUpAsync(bob, "one", tokens).ShouldSucceedAsync()).Challenge().ShouldBe("SELECT_CHALLENGE");
    }

    [Theory]
    [InlineData("""{"Level5":{"AcrValue":"five"}}""")]
    [InlineData("""{"Level1":{"AcrValue":"urn:cognito:loa:2"}}""")]
    [InlineData("""{"Level1":{"AcrValue":"same"},"Level2":{"AcrValue":"same"}}""")]
    [InlineData("""{"Level1":{"AcrValue":""}}""")]
    [InlineData("""{"Level1":{"AcrValue":"two words"}}""")]
    [InlineData("""{"Level1":{"AcrValue":"back\\slash"}}""")]
    [InlineData("""{"Level1":{"AcrValue":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""")]
    public async Task Names_that_can_not_be_are_refused(string levels)
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test", ["AcrConfiguration"] = JsonNode.Parse(levels) });

        answer.ShouldBeError("InvalidParameterException");
        answer.Message.ShouldStartWith("AcrConfiguration: ");
    }

    [Fact]
    public async Task The_lite_tier_has_no_names_for_levels()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync(
            "CreateUserPool", JsonNode.Parse("""{"PoolName":"Test","UserPoolTier":"LITE","AcrConfiguration":{"Level1":{"AcrValue":"one"}}}""")!.AsObject());

        answer.ShouldBeError("FeatureUnavailableInTierException");
    }

    /// <summary>A user with an app that nobody asks for.</summary>
    private static async Task<(TestUser User, Authenticator App)> UnaskedAppAsync(World? world = null)
    {
        var (bob, app) = await (world ?? await World.OnAsync()).WithAppAsync();
        await bob.Pool.AdminAsync(
            "AdminSetUserMFAPreference", "bob", new JsonObject { ["SoftwareTokenMfaSettings"] = new JsonObject { ["Enabled"] = false } }).ShouldSucceedAsync();
        return (bob, app);
    }

    private static Task<Answer> StepUpAsync(TestUser user, string? levels, Testing.Tokens? from = null, string? maxAge = null)
    {
        var parameters = new JsonObject();
        if (levels is not null) parameters["TARGET_ACR_VALUES"] = levels;
        if (from is not null) parameters["ACCESS_TOKEN"] = from.Access;
        if (maxAge is not null) parameters["MAX_AGE"] = maxAge;
        return user.Pool.ChooseAsync(user.Name, parameters: parameters);
    }

    private static void ShouldClaim(Testing.Tokens tokens, string acr, params string[] amr)
    {
        foreach (var claims in new[] { Testing.Tokens.Claims(tokens.Id), Testing.Tokens.Claims(tokens.Access) })
        {
            claims["acr"]!.GetValue<string>().ShouldBe(acr);
            claims["amr"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldBe(amr);
        }
    }
}
