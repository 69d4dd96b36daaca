using System.Text.Json.Nodes;
using Poolhouse.Server.Cognito;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

/// <summary>Every row of the table has a request that meets it.</summary>
public sealed class UnsupportedTests
{
    public static TheoryData<string, string> Pools => new()
    {
        { "DcrConfiguration", """{"DcrConfiguration":{"OpenDcrEnabled":true}}""" },
        { "EmailConfiguration.ConfigurationSet", """{"EmailConfiguration":{"ConfigurationSet":"set"}}""" },
        { "EmailConfiguration.EmailSendingAccount", """{"EmailConfiguration":{"EmailSendingAccount":"DEVELOPER"}}""" },
        { "EmailConfiguration.SourceArn", """{"EmailConfiguration":{"SourceArn":"arn:aws:ses:us-east-1:000000000000:identity/a@example.com"}}""" },
        { "IssuerConfiguration", """{"IssuerConfiguration":{"Type":"UPDATED"}}""" },
        { "KeyConfiguration", """{"KeyConfiguration":{"KeyType":"CUSTOMER_MANAGED_KEY"}}""" },
        { "SmsConfiguration.EumsSms", """{"SmsConfiguration":{"EumsSms":{"CallerArn":"arn:aws:iam::000000000000:role/sms"}}}""" },
        { "UserPoolAddOns.AdvancedSecurityAdditionalFlows", """{"UserPoolAddOns":{"AdvancedSecurityMode":"OFF","AdvancedSecurityAdditionalFlows":{"CustomAuthMode":"AUDIT"}}}""" },
        { "VerificationMessageTemplate.DefaultEmailOption", """{"VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_LINK"}}""" },
        { "VerificationMessageTemplate.EmailMessageByLink", """{"VerificationMessageTemplate":{"EmailMessageByLink":"{##here##}"}}""" },
        { "VerificationMessageTemplate.EmailSubjectByLink", """{"VerificationMessageTemplate":{"EmailSubjectByLink":"Link"}}""" },
    };

    public static TheoryData<string, string> Factors => new()
    {
        { "SmsMfaConfiguration.SmsConfiguration.EumsSms", """{"MfaConfiguration":"OPTIONAL","SmsMfaConfiguration":{"SmsConfiguration":{"EumsSms":{"CallerArn":"arn:aws:iam::000000000000:role/sms"}}}}""" },
    };

    public static TheoryData<string, string> Clients => new()
    {
        { "AnalyticsConfiguration", """{"AnalyticsConfiguration":{"UserDataShared":true}}""" },
        { "SupportedIdentityProviders", """{"SupportedIdentityProviders":["COGNITO"],"AllowedOAuthFlows":["code"],"AllowedOAuthScopes":["openid"],"CallbackURLs":["https://example.com"]}""" },
    };

    [Fact]
    public void Every_row_is_tested() =>
        Unsupported.Settings.ShouldBe(Pools.Concat(Factors).Select(row => row.Data.Item1).Concat(Clients.Select(row => row.Data.Item1)));

    [Theory]
    [MemberData(nameof(Pools))]
    public async Task A_pool_is_refused(string setting, string settings)
    {
        var world = await World.OnAsync();
        var request = JsonNode.Parse(settings)!.AsObject();
        request["PoolName"] = "Test";

        var answer = await world.CallAsync("CreateUserPool", request);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message.ShouldStartWith(setting + ": ");
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public async Task Second_factors_are_refused(string setting, string settings)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var request = JsonNode.Parse(settings)!.AsObject();
        request["UserPoolId"] = pool.Id;

        var answer = await world.CallAsync("SetUserPoolMfaConfig", request);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message.ShouldStartWith(setting + ": ");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_client_is_refused(string setting, string settings)
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        var request = JsonNode.Parse(settings)!.AsObject();
        request["UserPoolId"] = pool.Id;
        request["ClientName"] = "Test";

        var answer = await world.CallAsync("CreateUserPoolClient", request);

        answer.ShouldBeError("InvalidParameterException");
        answer.Message.ShouldStartWith(setting + ": ");
    }

    [Fact]
    public async Task What_means_off_passes()
    {
        var world = await World.OnAsync();

        var pool = await world.PoolAsync(
            JsonNode.Parse("""
                {"LambdaConfig":{},"MfaConfiguration":"OFF","DeviceConfiguration":{},"UserPoolAddOns":{"AdvancedSecurityMode":"OFF"},
                 "KeyConfiguration":{"KeyType":"AWS_OWNED_KEY"},"IssuerConfiguration":{"Type":"ORIGINAL"},
                 "EmailConfiguration":{"EmailSendingAccount":"COGNITO_DEFAULT"},"VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_CODE"},
                 "Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}}}
                """)!.AsObject(),
            JsonNode.Parse("""
                {"AllowedOAuthFlows":[],"AllowedOAuthScopes":[],"AllowedOAuthFlowsUserPoolClient":false,"CallbackURLs":[],"LogoutURLs":[],
                 "EnablePropagateAdditionalUserContextData":false,"SupportedIdentityProviders":["COGNITO"]}
                """)!.AsObject());

        pool.Id.ShouldStartWith("us-east-1_");
    }
}
