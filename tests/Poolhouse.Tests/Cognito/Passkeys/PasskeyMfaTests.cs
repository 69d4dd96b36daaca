using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Passkeys;

/// <summary>Passkeys beside second factors: WebAuthnConfiguration.FactorConfiguration and WebAuthnMfaSettings.</summary>
public sealed class PasskeyMfaTests
{
    private const string Both = """{"FactorConfiguration":"MULTI_FACTOR_WITH_USER_VERIFICATION"}""";

    [Fact]
    public async Task A_passkey_that_is_enough_signs_in_past_the_second_factor()
    {
        var (bob, passkey) = await WithMfaAsync(Both);
        using var _ = passkey;
        (await bob.AskPasskeyAsync().ShouldSucceedAsync()).Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);

        await EnoughAsync(bob, true).ShouldSucceedAsync();

        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        asked.RequestOptions()["userVerification"]!.GetValue<string>().ShouldBe("required");
        (await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions())).ShouldSucceedAsync()).ShouldBeSignedIn();
        (await bob.TrySignInAsync()).Json.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
    }

    [Fact]
    public async Task Without_verification_it_is_not_enough()
    {
        var (bob, passkey) = await WithMfaAsync(Both);
        using var _ = passkey;
        await EnoughAsync(bob, true).ShouldSucceedAsync();
        passkey.IsVerified = false;

        (await bob.TryPasskeyAsync(passkey)).ShouldBeError("NotAuthorizedException", "The passkey could not be verified.");
    }

    [Theory]
    [InlineData("""{"FactorConfiguration":"SINGLE_FACTOR"}""")]
    [InlineData("{}")]
    public async Task As_a_single_factor_it_is_no_choice_beside_a_second(string configuration)
    {
        var (bob, passkey) = await WithMfaAsync(configuration);
        using var _ = passkey;

        (await EnoughAsync(bob, true)).ShouldBeError("InvalidParameterException", "The user pool does not accept passkeys as multi-factor authentication.");
        (await bob.AskPasskeyAsync().ShouldSucceedAsync()).Available().ShouldBe(["PASSWORD_SRP", "PASSWORD"]);
    }

    [Fact]
    public async Task A_second_factor_that_was_turned_on_meanwhile_is_asked_for()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        await pool.ConfigureAsync(
            "SetUserPoolMfaConfig",
            new JsonObject { ["MfaConfiguration"] = "OPTIONAL", ["SoftwareTokenMfaConfiguration"] = new JsonObject { ["Enabled"] = true } }).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        using var passkey = await bob.WithPasskeyAsync();
        var tokens = await bob.SignInAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        await bob.SetUpAppAsync(tokens);

        var answer = await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions())).ShouldSucceedAsync();

        answer.Challenge().ShouldBe("SOFTWARE_TOKEN_MFA");
    }

    [Fact]
    public async Task The_setting_is_shown_and_needs_another_factor()
    {
        var (bob, passkey) = await WithMfaAsync(Both);
        using var _ = passkey;
        await EnoughAsync(bob, true).ShouldSucceedAsync();
        (await bob.Pool.DescribeAsync("bob"))["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SOFTWARE_TOKEN_MFA","WEB_AUTHN_MFA"]""");

        // With the last other factor goes the wish; alone it can't come back.
        await bob.Pool.AdminAsync("AdminDeleteSoftwareToken", "bob").ShouldSucceedAsync();

        (await bob.Pool.DescribeAsync("bob"))["UserMFASettingList"].ShouldBeNull();
        (await EnoughAsync(bob, true)).ShouldBeError("InvalidParameterException", "Passkey MFA requires another MFA method.");
        await EnoughAsync(bob, false).ShouldSucceedAsync();
    }

    [Fact]
    public async Task Without_a_passkey_the_setting_is_refused_and_the_last_takes_it_along()
    {
        var (bob, passkey) = await WithMfaAsync(Both);
        using var _ = passkey;
        await EnoughAsync(bob, true).ShouldSucceedAsync();
        var asked = await bob.AskPasskeyAsync().ShouldSucceedAsync();
        var tokens = Testing.Tokens.Of(await bob.AnswerAsync(asked, passkey.Get(asked.RequestOptions())).ShouldSucceedAsync());

        await bob.Pool.World.OwnAsync("DeleteWebAuthnCredential", tokens, new JsonObject { ["CredentialId"] = passkey.Id }).ShouldSucceedAsync();

        (await bob.Pool.DescribeAsync("bob"))["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SOFTWARE_TOKEN_MFA"]""");
        (await EnoughAsync(bob, true)).ShouldBeError("InvalidParameterException", "User has not registered a passkey.");
    }

    [Fact]
    public async Task Required_factors_go_with_passkeys_only_where_one_is_enough()
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync();
        const string words = "MFA cannot be required in a user pool that allows WEB_AUTHN as a first auth factor, unless FactorConfiguration is MULTI_FACTOR_WITH_USER_VERIFICATION.";
        (await pool.SetMfaAsync("ON", "totp")).ShouldBeError("InvalidParameterException", words);
        await pool.SetPasskeysAsync(JsonNode.Parse(Both)!.AsObject()).ShouldSucceedAsync();

        await pool.SetMfaAsync("ON", "totp").ShouldSucceedAsync();

        (await pool.SetPasskeysAsync()).ShouldBeError("InvalidParameterException", words);
    }

    private static Task<Answer> EnoughAsync(TestUser user, bool isEnabled) => user.Pool.AdminAsync(
        "AdminSetUserMFAPreference", user.Name, new JsonObject { ["WebAuthnMfaSettings"] = new JsonObject { ["Enabled"] = isEnabled } });

    /// <summary>A user with a passkey and an app that is asked for.</summary>
    private static async Task<(TestUser User, SoftwarePasskey Passkey)> WithMfaAsync(string configuration)
    {
        var pool = await (await World.OnAsync()).PasskeyPoolAsync(JsonNode.Parse(configuration)!.AsObject());
        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        var passkey = await bob.WithPasskeyAsync();
        await bob.SetUpAppAsync(await bob.SignInAsync());
        return (bob, passkey);
    }
}
