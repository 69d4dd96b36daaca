using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Mfa;

/// <summary>SetUserMFAPreference and AdminSetUserMFAPreference.</summary>
public sealed class SetUserMFAPreferenceTests
{
    [Fact]
    public async Task Preferences_are_shown()
    {
        var (pool, bob) = await ReachableAsync("sms email");

        await bob.PreferAsync("sms email!").ShouldSucceedAsync();

        var user = await pool.DescribeAsync("bob");
        user["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SMS_MFA","EMAIL_OTP"]""");
        user["PreferredMfaSetting"]!.GetValue<string>().ShouldBe("EMAIL_OTP");
        user["MFAOptions"]!.ToJsonString().ShouldBe("""[{"DeliveryMedium":"SMS","AttributeName":"phone_number"}]""");
    }

    [Fact]
    public async Task What_is_not_named_stays()
    {
        var (pool, bob) = await ReachableAsync("sms email");
        var tokens = await bob.SignInAsync();
        await PreferAsync(pool, tokens, "SMSMfaSettings", true, true).ShouldSucceedAsync();

        await PreferAsync(pool, tokens, "EmailMfaSettings", true, true).ShouldSucceedAsync();
        await PreferAsync(pool, tokens, "SoftwareTokenMfaSettings", false, false).ShouldSucceedAsync();

        var own = await pool.World.OwnAsync("GetUser", tokens).ShouldSucceedAsync();
        own["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SMS_MFA","EMAIL_OTP"]""");
        own["PreferredMfaSetting"]!.GetValue<string>().ShouldBe("EMAIL_OTP");
    }

    [Fact]
    public async Task A_factor_turned_off_is_not_preferred_any_more()
    {
        var (pool, bob) = await ReachableAsync("sms email");
        await bob.PreferAsync("sms email!").ShouldSucceedAsync();

        await bob.PreferAsync("sms").ShouldSucceedAsync();

        var user = await pool.DescribeAsync("bob");
        user["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SMS_MFA"]""");
        user.ContainsKey("PreferredMfaSetting").ShouldBeFalse();
    }

    [Fact]
    public async Task Only_one_factor_is_preferred()
    {
        var (_, bob) = await ReachableAsync("sms email");

        (await bob.PreferAsync("sms! email!")).ShouldBeError("InvalidParameterException", "Only one MFA factor can be preferred.");
    }

    [Fact]
    public async Task An_app_must_be_set_up_and_verified_first()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "totp");
        var bob = await pool.ConfirmedAsync("bob");
        var tokens = await bob.SignInAsync();

        (await PreferAsync(pool, tokens, "SoftwareTokenMfaSettings", true, true))
            .ShouldBeError("InvalidParameterException", "User has not set up software token mfa");
        (await bob.PreferAsync("totp"))
            .ShouldBeError("InvalidParameterException", "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA");
        await pool.World.OwnAsync("AssociateSoftwareToken", tokens).ShouldSucceedAsync();
        (await PreferAsync(pool, tokens, "SoftwareTokenMfaSettings", true, true))
            .ShouldBeError("InvalidParameterException", "User has not verified software token mfa");
    }

    [Theory]
    [InlineData("SMSMfaSettings", "SMS_MFA")]
    [InlineData("EmailMfaSettings", "EMAIL_OTP")]
    public async Task A_code_needs_a_verified_address(string setting, string factor)
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "sms email");
        var tokens = await (await pool.ConfirmedAsync("bob")).SignInAsync();

        (await PreferAsync(pool, tokens, setting, true, false))
            .ShouldBeError("InvalidParameterException", $"User does not have delivery config set to turn on {factor}");
    }

    [Fact]
    public async Task A_code_needs_a_pool_that_sends_it()
    {
        var (_, bob) = await ReachableAsync("sms");

        (await bob.PreferAsync("email")).ShouldBeError("InvalidParameterException", "User does not have delivery config set to turn on EMAIL_OTP");
    }

    [Fact]
    public async Task The_old_setting_knows_sms_only()
    {
        var (pool, bob) = await ReachableAsync("sms");
        var tokens = await bob.SignInAsync();
        var sms = new JsonArray(new JsonObject { ["DeliveryMedium"] = "SMS", ["AttributeName"] = "phone_number" });
        var mail = new JsonArray(new JsonObject { ["DeliveryMedium"] = "EMAIL", ["AttributeName"] = "email" });

        (await pool.AdminAsync("AdminSetUserSettings", "bob", new JsonObject { ["MFAOptions"] = sms })).Text.ShouldBe("{}");
        (await pool.DescribeAsync("bob"))["UserMFASettingList"]!.ToJsonString().ShouldBe("""["SMS_MFA"]""");
        (await pool.World.OwnAsync("SetUserSettings", tokens, new JsonObject { ["MFAOptions"] = new JsonArray() })).Text.ShouldBe("{}");
        (await pool.DescribeAsync("bob")).ContainsKey("MFAOptions").ShouldBeFalse();
        (await pool.World.OwnAsync("SetUserSettings", tokens, new JsonObject { ["MFAOptions"] = mail })).Type.ShouldBe("InvalidParameterException");
    }

    [Fact]
    public async Task An_administrator_takes_an_app_away()
    {
        var (bob, _) = await (await World.OnAsync()).WithAppAsync();

        (await bob.Pool.AdminAsync("AdminDeleteSoftwareToken", "bob")).Text.ShouldBe("{}");

        (await bob.TrySignInAsync().ShouldSucceedAsync()).ShouldBeSignedIn();
        (await bob.Pool.DescribeAsync("bob")).ContainsKey("UserMFASettingList").ShouldBeFalse();
        (await bob.Pool.AdminAsync("AdminDeleteSoftwareToken", "bob"))
            .ShouldBeError("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
    }

    private static Task<Answer> PreferAsync(TestPool pool, Testing.Tokens tokens, string setting, bool isEnabled, bool isPreferred) =>
        pool.World.OwnAsync(
            "SetUserMFAPreference", tokens, new JsonObject { [setting] = new JsonObject { ["Enabled"] = isEnabled, ["PreferredMfa"] = isPreferred } });

    private static async Task<(TestPool Pool, TestUser User)> ReachableAsync(string factors)
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", factors);
        return (pool, await pool.ReachableAsync("bob"));
    }
}
