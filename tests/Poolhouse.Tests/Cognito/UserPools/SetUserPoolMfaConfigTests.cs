using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

/// <summary>SetUserPoolMfaConfig, GetUserPoolMfaConfig, and what CreateUserPool and UpdateUserPool make of second factors.</summary>
public sealed class SetUserPoolMfaConfigTests
{
    private const string Sms = """{"SnsCallerArn":"arn:aws:iam::000000000000:role/sms","ExternalId":"x"}""";

    [Fact]
    public async Task What_is_set_is_answered_and_kept()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var answer = await pool.SetMfaAsync("OPTIONAL", "sms totp email").ShouldSucceedAsync();

        answer.ToJsonString().ShouldBe(
            """{"SmsMfaConfiguration":{"SmsAuthenticationMessage":"Sign in with {####}!"},"SoftwareTokenMfaConfiguration":{"Enabled":true},"EmailMfaConfiguration":{"Message":"\u003Cb\u003E{####}\u003C/b\u003E","Subject":"Your code"},"MfaConfiguration":"OPTIONAL"}""");
        (await ConfigAsync(pool)).ToJsonString().ShouldBe(answer.ToJsonString());
    }

    [Fact]
    public async Task A_factor_that_is_not_named_is_off()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "sms totp");

        await pool.SetMfaAsync("OPTIONAL", "totp").ShouldSucceedAsync();

        (await ConfigAsync(pool)).ToJsonString().ShouldBe("""{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"OPTIONAL"}""");
    }

    [Fact]
    public async Task Off_is_the_mode_alone()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "totp");

        await pool.SetMfaAsync("OFF", "").ShouldSucceedAsync();

        (await ConfigAsync(pool)).ToJsonString().ShouldBe("""{"MfaConfiguration":"OFF"}""");
    }

    [Theory]
    [InlineData("OFF", "totp", "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")]
    [InlineData("ON", "", "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.")]
    [InlineData("OPTIONAL", "", "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.")]
    public async Task Mode_and_factors_must_agree(string mode, string factors, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.SetMfaAsync(mode, factors)).ShouldBeError("InvalidParameterException", message);
    }

    [Fact]
    public async Task Required_does_not_go_with_passwordless()
    {
        var pool = await (await World.OnAsync())
            .PoolAsync(JsonNode.Parse("""{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","SMS_OTP"]}}}""")!.AsObject());

        (await pool.SetMfaAsync("ON", "totp")).ShouldBeError(
            "InvalidParameterException", "MFA cannot be required in a user pool that allows EMAIL_OTP or SMS_OTP as first auth factors.");
    }

    [Fact]
    public async Task A_pool_is_made_with_sms()
    {
        var world = await World.OnAsync();

        var pool = await world.PoolAsync(
            JsonNode.Parse($$"""{"MfaConfiguration":"ON","SmsConfiguration":{{Sms}},"SmsAuthenticationMessage":"{####} it is"}""")!.AsObject());

        (await ConfigAsync(pool)).ToJsonString().ShouldBe(
            $$"""{"SmsMfaConfiguration":{"SmsAuthenticationMessage":"{####} it is","SmsConfiguration":{{Sms}}},"SoftwareTokenMfaConfiguration":{"Enabled":false},"MfaConfiguration":"ON"}""");
        var described = (await world.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))["UserPool"]!;
        described["MfaConfiguration"]!.GetValue<string>().ShouldBe("ON");
        described["SmsConfiguration"]!.ToJsonString().ShouldBe(Sms);
        described["SmsAuthenticationMessage"]!.GetValue<string>().ShouldBe("{####} it is");
    }

    [Fact]
    public async Task A_pool_is_not_made_without()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test", ["MfaConfiguration"] = "OPTIONAL" });

        answer.ShouldBeError(
            "InvalidParameterException", "SMS configuration and Auto verification for phone_number are required when MFA is required/optional");
    }

    [Fact]
    public async Task An_update_keeps_the_factors_it_does_not_know()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "totp email");

        await pool.World.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id, ["MfaConfiguration"] = "OPTIONAL" });

        (await ConfigAsync(pool)).ToJsonString().ShouldBe(
            """{"SoftwareTokenMfaConfiguration":{"Enabled":true},"EmailMfaConfiguration":{"Message":"\u003Cb\u003E{####}\u003C/b\u003E","Subject":"Your code"},"MfaConfiguration":"OPTIONAL"}""");
    }

    [Fact]
    public async Task An_update_that_leaves_them_out_turns_them_off()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("ON", "totp");

        await pool.World.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        (await ConfigAsync(pool)).ToJsonString().ShouldBe("""{"MfaConfiguration":"OFF"}""");
    }

    [Fact]
    public async Task Passkeys_are_set_by_themselves_and_stay_when_unnamed()
    {
        var pool = await (await World.OnAsync()).MfaPoolAsync("OPTIONAL", "totp");
        const string passkeys = """{"RelyingPartyId":"app.example.com","UserVerification":"preferred","FactorConfiguration":"SINGLE_FACTOR"}""";

        var answer = await pool.SetPasskeysAsync(
            new JsonObject { ["RelyingPartyId"] = "app.example.com", ["FactorConfiguration"] = "SINGLE_FACTOR" }).ShouldSucceedAsync();

        answer.ToJsonString().ShouldBe($$"""{"SoftwareTokenMfaConfiguration":{"Enabled":true},"MfaConfiguration":"OPTIONAL","WebAuthnConfiguration":{{passkeys}}}""");
        await pool.World.DoAsync("UpdateUserPool", new JsonObject { ["UserPoolId"] = pool.Id });
        (await ConfigAsync(pool)).ToJsonString().ShouldBe($$"""{"MfaConfiguration":"OFF","WebAuthnConfiguration":{{passkeys}}}""");
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("example.com:443")]
    [InlineData("Example.com")]
    [InlineData("com")]
    [InlineData("127.0.0.1")]
    [InlineData("*.example.com")]
    public async Task A_relying_party_is_a_domain(string id)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.SetPasskeysAsync(new JsonObject { ["RelyingPartyId"] = id })).ShouldBeError(
            "InvalidParameterException", "RelyingPartyId must be a domain name in lower case, or localhost.");
    }

    private static Task<JsonObject> ConfigAsync(TestPool pool) =>
        pool.World.DoAsync("GetUserPoolMfaConfig", new JsonObject { ["UserPoolId"] = pool.Id });
}
