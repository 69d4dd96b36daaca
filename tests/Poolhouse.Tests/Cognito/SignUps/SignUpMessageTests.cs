using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.SignUps;

/// <summary>The words in which SignUp refuses names, passwords and attributes.</summary>
public sealed class SignUpMessageTests
{
    [Theory]
    [InlineData("Short-1", "Password did not conform with policy: Password not long enough")]
    [InlineData("no-uppercase-1", "Password did not conform with policy: Password must have uppercase characters")]
    [InlineData("NO-LOWERCASE-1", "Password did not conform with policy: Password must have lowercase characters")]
    [InlineData("No-number-here", "Password did not conform with policy: Password must have numeric characters")]
    [InlineData("NoSymbolHere1", "Password did not conform with policy: Password must have symbol characters")]
    public async Task A_password_that_breaks_the_policy_hears_which_rule(string password, string message) =>
        (await SignUpAsync(await PoolAsync(), "bob", password)).ShouldBeError("InvalidPasswordException", message);

    [Theory]
    [InlineData("name", "Attributes did not conform to the schema: name.formatted: The attribute name.formatted is required")]
    [InlineData("family_name", "Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required")]
    [InlineData("email", "Attributes did not conform to the schema: email: The attribute is required")]
    public async Task A_required_attribute_is_missed_by_its_inner_name(string attribute, string message)
    {
        var pool = await PoolAsync(new JsonObject
        {
            ["Schema"] = new JsonArray(new JsonObject { ["Name"] = attribute, ["AttributeDataType"] = "String", ["Required"] = true, ["Mutable"] = true }),
        });

        (await SignUpAsync(pool, "bob")).ShouldBeError("InvalidParameterException", message);
    }

    [Theory]
    [InlineData("email", "bob", "Invalid email address format.")]
    [InlineData("phone_number", "555", "Invalid phone number format.")]
    public async Task An_address_has_the_form_of_one(string attribute, string value, string message) =>
        (await SignUpAsync(await PoolAsync(), "bob", attributes: (attribute, value))).ShouldBeError("InvalidParameterException", message);

    [Fact]
    public async Task A_name_that_must_be_an_address_is_one()
    {
        var pool = await PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray("email", "phone_number") });

        (await SignUpAsync(pool, "bob")).ShouldBeError("InvalidParameterException", "Username should be either an email or a phone number.");
    }

    [Theory]
    [InlineData("email", "bob@example.com", "An account with the given email already exists.")]
    [InlineData("phone_number", "+15555550100", "An account with the given phone_number already exists.")]
    public async Task An_address_is_taken_by_whoever_has_it_as_a_name(string attribute, string name, string message)
    {
        var pool = await PoolAsync(new JsonObject { ["UsernameAttributes"] = new JsonArray(attribute) });
        await SignUpAsync(pool, name).ShouldSucceedAsync();

        (await SignUpAsync(pool, name)).ShouldBeError("UsernameExistsException", message);
    }

    [Fact]
    public async Task A_pool_where_administrators_make_users_takes_no_sign_up()
    {
        var pool = await PoolAsync(new JsonObject { ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = true } });

        (await SignUpAsync(pool, "bob")).ShouldBeError("NotAuthorizedException", "SignUp is not permitted for this user pool");
    }

    private static async Task<TestPool> PoolAsync(JsonObject? settings = null) => await (await World.OnAsync()).PoolAsync(settings ?? []);

    private static Task<Answer> SignUpAsync(
        TestPool pool, string name, string password = TestPool.Password, params (string Name, string Value)[] attributes) =>
        pool.PublicAsync("SignUp", name, new JsonObject { ["Password"] = password, ["UserAttributes"] = Calls.Attributes(attributes) });
}
