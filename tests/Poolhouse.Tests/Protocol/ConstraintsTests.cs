using System.Text.Json;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Tests.Protocol;

public sealed class ConstraintsTests
{
    private const string Refused = "failed to satisfy constraint: Member must";

    [Fact]
    public void A_number_below_its_least_value_is_named_with_its_value() =>
        Message("ListUserPools", """{"MaxResults":0}""")
            .ShouldBe($"1 validation error detected: Value '0' at 'maxResults' {Refused} have value greater than or equal to 1");

    [Fact]
    public void A_number_above_its_greatest_value_is_named_with_its_value() =>
        Message("ListUserPools", """{"MaxResults":61}""")
            .ShouldBe($"1 validation error detected: Value '61' at 'maxResults' {Refused} have value less than or equal to 60");

    [Fact]
    public void A_missing_member_is_null() =>
        Message("ListUserPools", "{}").ShouldBe($"1 validation error detected: Value null at 'maxResults' {Refused} not be null");

    [Fact]
    public void A_null_member_is_missing() =>
        Message("ListUserPools", """{"MaxResults":null}""").ShouldBe(Message("ListUserPools", "{}"));

    [Fact]
    public void Several_violations_are_joined_the_last_member_first() =>
        Message("AdminAddUserToGroup", """{"UserPoolId":"us-east-1_abc"}""")
            .ShouldBe($"2 validation errors detected: Value null at 'groupName' {Refused} not be null; Value at 'username' {Refused} not be null");

    [Fact]
    public void A_sensitive_value_is_left_out() =>
        Message("ConfirmForgotPassword", """{"ClientId":"abc","Username":"bob","ConfirmationCode":"123456","Password":"two words"}""")
            .ShouldBe($$"""1 validation error detected: Value at 'password' {{Refused}} satisfy regular expression pattern: [\S]+""");

    [Fact]
    public void Length_comes_before_pattern() =>
        Message("GetGroup", """{"GroupName":"","UserPoolId":"us-east-1_abc"}""")
            .ShouldBe($$"""
                2 validation errors detected: Value '' at 'groupName' {{Refused}} have length greater than or equal to 1; Value '' at 'groupName' {{Refused}} satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+
                """);

    [Fact]
    public void A_string_that_is_too_long_is_refused() =>
        Message("GetGroup", $$"""{"GroupName":"{{new string('g', 129)}}","UserPoolId":"us-east-1_abc"}""")
            .ShouldEndWith($"at 'groupName' {Refused} have length less than or equal to 128");

    [Fact]
    public void A_pattern_must_match_the_whole_value() =>
        Message("DescribeUserPool", """{"UserPoolId":"us-east-1_abc\n"}""")
            .ShouldBe($$"""1 validation error detected: Value 'us-east-1_abc{{"\n"}}' at 'userPoolId' {{Refused}} satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+""");

    [Fact]
    public void An_unknown_word_is_answered_with_the_known_ones() =>
        Message("AdminCreateUser", """{"UserPoolId":"us-east-1_abc","Username":"bob","MessageAction":"SHOUT"}""")
            .ShouldBe($"1 validation error detected: Value 'SHOUT' at 'messageAction' {Refused} satisfy enum value set: [RESEND, SUPPRESS]");

    [Fact]
    public void A_broken_item_of_a_list_of_words_is_told_with_the_whole_list() =>
        Message("CreateUserPool", """{"PoolName":"p","UsernameAttributes":["email","shoe_size"]}""")
            .ShouldBe($"1 validation error detected: Value '[email, shoe_size]' at 'usernameAttributes' {Refused} satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]");

    [Fact]
    public void A_structure_in_a_list_has_a_path_with_its_number_from_one() =>
        Message("CreateUserPool", """{"PoolName":"p","Schema":[{"Name":"a"},{"Name":"much_longer_than_twenty"}]}""")
            .ShouldBe($"1 validation error detected: Value 'much_longer_than_twenty' at 'schema.2.member.name' {Refused} have length less than or equal to 20");

    [Fact]
    public void A_structure_in_a_structure_has_a_dotted_path() =>
        Message("CreateUserPool", """{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":5}}}""")
            .ShouldBe($"1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' {Refused} have value greater than or equal to 6");

    [Fact]
    public void A_list_that_is_too_short_is_refused() =>
        Message("AddCustomAttributes", """{"UserPoolId":"us-east-1_abc","CustomAttributes":[]}""")
            .ShouldEndWith($"at 'customAttributes' {Refused} have length greater than or equal to 1");

    [Fact]
    public void A_broken_key_or_value_of_a_map_is_told_with_all_their_constraints() =>
        Message("TagResource", """{"ResourceArn":"arn:aws:cognito-idp:us-east-1:1:userpool/p","Tags":{"":"x"}}""")
            .ShouldBe("1 validation error detected: Value '{=x}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: "
                + "[Member must have length less than or equal to 128, Member must have length greater than or equal to 1]");

    [Fact]
    public void Sensitive_values_hide_their_map() =>
        Message(CognitoIdentityModel.Operations, "GetId", """{"IdentityPoolId":"us-east-1:a","Logins":{"issuer":""}}""")
            .ShouldBe("1 validation error detected: Value at 'logins' failed to satisfy constraint: Map value must satisfy constraint: "
                + "[Member must have length less than or equal to 50000, Member must have length greater than or equal to 1]");

    [Fact]
    public void A_structure_in_a_map_has_a_path_with_its_key() =>
        Message("CreateUserPool", """{"PoolName":"p","AcrConfiguration":{"high":{}}}""")
            .ShouldBe($"1 validation error detected: Value null at 'acrConfiguration.high.member.acrValue' {Refused} not be null");

    [Theory]
    [InlineData("田中")]
    [InlineData("𠮷田")]
    [InlineData("🐬")]
    [InlineData("a+b@example.com")]
    public void A_name_may_use_any_letter_or_symbol(string name) =>
        Check("AdminGetUser", $$"""{"UserPoolId":"us-east-1_abc","Username":"{{name}}"}""").ShouldBeOfType<ConstraintOutcome.Valid>();

    [Fact]
    public void Word_characters_are_ascii() =>
        Message("DescribeUserPool", """{"UserPoolId":"é_abc"}""").ShouldContain("regular expression pattern");

    [Fact]
    public void Unknown_members_are_ignored() =>
        Check("ListUserPools", """{"MaxResults":1,"Later":{"a":[1]}}""").ShouldBeOfType<ConstraintOutcome.Valid>();

    [Fact]
    public void The_answer_to_a_hostile_list_is_bounded()
    {
        var schema = string.Join(',', Enumerable.Repeat("""{"Name":""}""", 5000));

        var message = Message("CreateUserPool", $$"""{"PoolName":"p","Schema":[{{schema}}]}""");

        message.ShouldStartWith("100 validation errors detected");
    }

    [Fact]
    public void A_long_map_key_is_not_repeated_without_end()
    {
        var key = new string('k', 200_000);
        var rules = string.Join(',', Enumerable.Repeat("{}", 400));

        var message = Message(CognitoIdentityModel.Operations, "SetIdentityPoolRoles",
            $$"""{"IdentityPoolId":"us-east-1:a","Roles":{},"RoleMappings":{"{{key}}":{"Type":"Rules","RulesConfiguration":{"Rules":[{{rules}}]} } } }""");

        message.Length.ShouldBeLessThan(500_000);
    }

    private static string Message(string operation, string json) => Message(CognitoIdpModel.Operations, operation, json);

    private static string Message(IReadOnlyDictionary<string, OperationModel> operations, string operation, string json) =>
        Check(operations, operation, json).ShouldBeOfType<ConstraintOutcome.Violations>().Message;

    private static ConstraintOutcome Check(string operation, string json) => Check(CognitoIdpModel.Operations, operation, json);

    private static ConstraintOutcome Check(IReadOnlyDictionary<string, OperationModel> operations, string operation, string json)
    {
        using var document = JsonDocument.Parse(json);
        return Constraints.Check(document.RootElement, operations[operation].Input);
    }
}
