using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed partial class CreateUserPoolTests
{
    // The default pool as recorded: order of attributes and of members, without tags.
    private const string DefaultPool =
        """{"Id":"*","Name":"Test","Policies":{"PasswordPolicy":{"MinimumLength":8,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true,"TemporaryPasswordValidityDays":7},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}},"DeletionProtection":"INACTIVE","LambdaConfig":{},"LastModifiedDate":"*","CreationDate":"*","SchemaAttributes":"*","VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_CODE"},"MfaConfiguration":"OFF","EstimatedNumberOfUsers":0,"EmailConfiguration":{"EmailSendingAccount":"COGNITO_DEFAULT"},"AdminCreateUserConfig":{"AllowAdminCreateUserOnly":false,"UnusedAccountValidityDays":7},"Arn":"*","AccountRecoverySetting":{"RecoveryMechanisms":[{"Priority":1,"Name":"verified_email"},{"Priority":2,"Name":"verified_phone_number"}]},"UserPoolTier":"ESSENTIALS","KeyConfiguration":{"KeyType":"AWS_OWNED_KEY"},"IssuerConfiguration":{"Type":"ORIGINAL"}}""";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_pool_without_settings_has_the_defaults(Engine engine)
    {
        var world = await World.OnAsync(engine);

        var pool = (await world.DoAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test" }))["UserPool"]!.AsObject();

        var id = pool["Id"]!.GetValue<string>();
        PoolIdForm().IsMatch(id).ShouldBeTrue(id);
        pool["Arn"]!.GetValue<string>().ShouldBe($"arn:aws:cognito-idp:us-east-1:000000000000:userpool/{id}");
        Names(pool).ShouldBe(
            [
                "sub", "name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture", "website", "email",
                "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "phone_number_verified", "address", "updated_at",
            ]);
        foreach (var masked in (string[])["Id", "Arn", "CreationDate", "LastModifiedDate", "SchemaAttributes"]) pool[masked] = "*";
        pool.ToJsonString().ShouldBe(DefaultPool);
    }

    [Fact]
    public async Task Custom_and_overridden_attributes_come_back_in_the_schema()
    {
        var world = await World.OnAsync();

        var pool = await CreateAsync(world, """
            {"Schema":[
              {"Name":"email","Required":true,"Mutable":true},
              {"Name":"family_name","AttributeDataType":"String","Required":true,"StringAttributeConstraints":{"MaxLength":"40"}},
              {"Name":"team","AttributeDataType":"String"},
              {"Name":"age","AttributeDataType":"Number","Mutable":true,"NumberAttributeConstraints":{"MinValue":"-1","MaxValue":"150"}},
              {"Name":"level","AttributeDataType":"Boolean","DeveloperOnlyAttribute":true}]}
            """);

        Attribute(pool, "email").ShouldBe("""{"Name":"email","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":true,"Required":true,"StringAttributeConstraints":{"MinLength":"0","MaxLength":"2048"}}""");
        Attribute(pool, "family_name").ShouldBe("""{"Name":"family_name","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":false,"Required":true,"StringAttributeConstraints":{"MinLength":"0","MaxLength":"40"}}""");
        Attribute(pool, "custom:team").ShouldBe("""{"Name":"custom:team","AttributeDataType":"String","DeveloperOnlyAttribute":false,"Mutable":false,"Required":false,"StringAttributeConstraints":{}}""");
        Attribute(pool, "custom:age").ShouldBe("""{"Name":"custom:age","AttributeDataType":"Number","DeveloperOnlyAttribute":false,"Mutable":true,"Required":false,"NumberAttributeConstraints":{"MinValue":"-1","MaxValue":"150"}}""");
        Attribute(pool, "dev:custom:level").ShouldBe("""{"Name":"dev:custom:level","AttributeDataType":"Boolean","DeveloperOnlyAttribute":true,"Mutable":false,"Required":false}""");
    }

    [Fact]
    public async Task Given_settings_come_back()
    {
        var world = await World.OnAsync();

        var pool = await CreateAsync(world, """
            {"UsernameAttributes":["email"],"UsernameConfiguration":{"CaseSensitive":false},"AutoVerifiedAttributes":["email"],
             "UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]},
             "Policies":{"PasswordPolicy":{"MinimumLength":12,"RequireSymbols":false,"PasswordHistorySize":3,"TemporaryPasswordValidityDays":2}},
             "DeletionProtection":"INACTIVE","UserPoolTier":"PLUS","UserPoolTags":{"team":"red"},
             "EmailVerificationSubject":"Code","VerificationMessageTemplate":{"EmailMessage":"Your code is {####}"},
             "AdminCreateUserConfig":{"AllowAdminCreateUserOnly":true,"InviteMessageTemplate":{"EmailMessage":"{username} {####}"}},
             "EmailConfiguration":{"From":"Pool <pool@example.com>","ReplyToEmailAddress":"help@example.com"},
             "AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"admin_only","Priority":1}]}}
            """);

        Text(pool, "UsernameAttributes").ShouldBe("""["email"]""");
        Text(pool, "UsernameConfiguration").ShouldBe("""{"CaseSensitive":false}""");
        Text(pool, "AutoVerifiedAttributes").ShouldBe("""["email"]""");
        Text(pool, "UserAttributeUpdateSettings").ShouldBe("""{"AttributesRequireVerificationBeforeUpdate":["email"]}""");
        Text(pool["Policies"]!, "PasswordPolicy").ShouldBe(
            """{"MinimumLength":12,"RequireUppercase":true,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":false,"PasswordHistorySize":3,"TemporaryPasswordValidityDays":2}""");
        Text(pool, "UserPoolTags").ShouldBe("""{"team":"red"}""");
        Text(pool, "UserPoolTier").ShouldBe("\"PLUS\"");
        Text(pool, "EmailVerificationMessage").ShouldBe("\"Your code is {####}\"");
        Text(pool, "EmailVerificationSubject").ShouldBe("\"Code\"");
        Text(pool, "VerificationMessageTemplate").ShouldBe(
            """{"EmailMessage":"Your code is {####}","EmailSubject":"Code","DefaultEmailOption":"CONFIRM_WITH_CODE"}""");
        Text(pool, "AdminCreateUserConfig").ShouldBe(
            """{"AllowAdminCreateUserOnly":true,"UnusedAccountValidityDays":2,"InviteMessageTemplate":{"EmailMessage":"{username} {####}"}}""");
        pool["EmailConfiguration"]!["From"]!.GetValue<string>().ShouldBe("Pool <pool@example.com>");
        pool["EmailConfiguration"]!["ReplyToEmailAddress"]!.GetValue<string>().ShouldBe("help@example.com");
        Text(pool, "AccountRecoverySetting").ShouldBe("""{"RecoveryMechanisms":[{"Priority":1,"Name":"admin_only"}]}""");
    }

    [Fact]
    public async Task An_empty_recovery_setting_is_the_legacy_order_and_not_shown()
    {
        var world = await World.OnAsync();

        var pool = await CreateAsync(world, """{"AccountRecoverySetting":{}}""");

        pool.ContainsKey("AccountRecoverySetting").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"AliasAttributes":["email"],"UsernameAttributes":["email"]}""", "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.")]
    [InlineData("""{"Policies":{"PasswordPolicy":{"TemporaryPasswordValidityDays":7}},"AdminCreateUserConfig":{"UnusedAccountValidityDays":7}}""", "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays")]
    [InlineData("""{"UserAttributeUpdateSettings":{"AttributesRequireVerificationBeforeUpdate":["email"]}}""", "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes")]
    [InlineData("""{"AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"admin_only","Priority":1},{"Name":"verified_email","Priority":2}]}}""", "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms.")]
    [InlineData("""{"AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"verified_email","Priority":1},{"Name":"verified_phone_number","Priority":1}]}}""", "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.")]
    [InlineData("""{"AccountRecoverySetting":{"RecoveryMechanisms":[{"Name":"verified_email","Priority":1},{"Name":"verified_email","Priority":2}]}}""", "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms.")]
    [InlineData("""{"Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["EMAIL_OTP"]}}}""", "Password should be configured as one of the allowed first auth factors.")]
    [InlineData("""{"EmailConfiguration":{"From":"nobody"}}""", "Provided From email address is invalid")]
    [InlineData("""{"EmailVerificationSubject":"a","VerificationMessageTemplate":{"EmailSubject":"b"}}""", "EmailVerificationSubject and VerificationMessageTemplate.EmailSubject must be the same when both are given.")]
    [InlineData("""{"AdminCreateUserConfig":{"InviteMessageTemplate":{"EmailMessage":"Hello {username}"}}}""", "1 validation error detected: Value at 'adminCreateUserConfig.inviteMessage.emailMessage' failed to satisfy constraint: Member must contain {username} and {####}")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"String","Required":true}]}""", "Required custom attributes are not supported currently.")]
    [InlineData("""{"Schema":[{"Name":"a"}]}""", "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")]
    [InlineData("""{"Schema":[{"Name":"email","AttributeDataType":"Number"}]}""", "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email")]
    [InlineData("""{"Schema":[{"Name":"email","DeveloperOnlyAttribute":true}]}""", "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email")]
    [InlineData("""{"Schema":[{"Name":"sub","Required":false}]}""", "You can not change Mutable or Required for standard schema attribute sub")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"String"},{"Name":"a","AttributeDataType":"Number"}]}""", "Duplicate custom attribute names custom:a are not allowed in a user pool schema.")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"String","StringAttributeConstraints":{"MinLength":"5","MaxLength":"4"}}]}""", "Attribute custom:a cannot have a max length shorter than it's min length")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"String","StringAttributeConstraints":{"MaxLength":"2049"}}]}""", "user.custom:a: String attributes cannot have a length of more than 2048")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"String","StringAttributeConstraints":{"MinLength":"-1"}}]}""", "Invalid StringAttributeConstraints for schema attribute custom:a")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"Number","NumberAttributeConstraints":{"MinValue":"x"}}]}""", "Invalid NumberAttributeConstraints for schema attribute custom:a")]
    [InlineData("""{"Schema":[{"Name":"a","AttributeDataType":"Number","NumberAttributeConstraints":{"MinValue":"5","MaxValue":"4"}}]}""", "Attribute custom:a cannot have a max value smaller than it's min value")]
    public async Task Settings_that_contradict_each_other_are_refused(string settings, string message)
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("CreateUserPool", Request(settings));

        answer.ShouldBeError("InvalidParameterException", message);
    }

    [Fact]
    public async Task Fifty_tags_are_enough()
    {
        var world = await World.OnAsync();
        var tags = new JsonObject(Enumerable.Range(0, 51).Select(i => KeyValuePair.Create<string, JsonNode?>($"tag{i}", "x")));

        var answer = await world.CallAsync("CreateUserPool", new JsonObject { ["PoolName"] = "Test", ["UserPoolTags"] = tags });

        answer.ShouldBeError("InvalidParameterException", "A user pool can have at most 50 tags.");
    }

    [Fact]
    public async Task The_lite_tier_has_no_password_history()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("CreateUserPool", Request("""{"UserPoolTier":"LITE","Policies":{"PasswordPolicy":{"PasswordHistorySize":1}}}"""));

        answer.ShouldBeError(
            "FeatureUnavailableInTierException", "The following features need to be disabled for the LITE pricing tier configured: Password History");
    }

    internal static async Task<JsonObject> CreateAsync(World world, string settings) =>
        (await world.DoAsync("CreateUserPool", Request(settings)))["UserPool"]!.AsObject();

    private static JsonObject Request(string settings)
    {
        var request = JsonNode.Parse(settings)!.AsObject();
        request["PoolName"] = "Test";
        return request;
    }

    private static IEnumerable<string> Names(JsonObject pool) => pool["SchemaAttributes"]!.AsArray().Select(a => a!["Name"]!.GetValue<string>());

    private static string Attribute(JsonObject pool, string name) =>
        Plain(pool["SchemaAttributes"]!.AsArray().First(a => a!["Name"]!.GetValue<string>() == name)!);

    private static string Text(JsonNode node, string member) => Plain(node[member]!);

    private static string Plain(JsonNode node) => node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    [GeneratedRegex("^us-east-1_[0-9A-Za-z]{9}$")]
    private static partial Regex PoolIdForm();
}
