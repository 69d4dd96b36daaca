using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Users;

public sealed class DeleteUserAttributesTests
{
    [Fact]
    public async Task An_address_goes_with_its_flag()
    {
        var (pool, tokens) = await SignedInAsync();

        var answer = await DeleteAsync(pool, tokens, "email", "nickname");

        answer.Text.ShouldBe("{}");
        var user = await pool.DescribeAsync("bob");
        (user.Attribute("email"), user.Attribute("email_verified")).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("family_name", "Invalid user attributes: name.familyName: The attribute name.familyName is required")]
    [InlineData("custom:tenant", "Invalid user attributes: Custom.User.tenant: This attribute does not satisfy the mutability validation defined in the schema.")]
    [InlineData("custom:unknown", "Invalid user attributes: Type for attribute {custom:unknown} could not be determined")]
    [InlineData("email_verified", "Cannot modify the non-mutable attribute email_verified")]
    public async Task What_may_not_go_keeps_everything(string name, string message)
    {
        var pool = await (await World.OnAsync()).PoolAsync(new JsonObject
        {
            ["Schema"] = new JsonArray(
                new JsonObject { ["Name"] = "family_name", ["AttributeDataType"] = "String", ["Required"] = true, ["Mutable"] = true },
                new JsonObject { ["Name"] = "tenant", ["AttributeDataType"] = "String", ["Mutable"] = false }),
        });
        await pool.AdminAsync("AdminCreateUser", "bob", new JsonObject
        {
            ["UserAttributes"] = Calls.Attributes(("family_name", "Builder"), ("custom:tenant", "t"), ("name", "Bob")),
        }).ShouldSucceedAsync();
        await pool.AdminAsync("AdminSetUserPassword", "bob", new JsonObject { ["Password"] = TestPool.Password, ["Permanent"] = true }).ShouldSucceedAsync();
        var tokens = await new TestUser(pool, "bob", TestPool.Password, "").SignInAsync();

        (await DeleteAsync(pool, tokens, "name", name)).ShouldBeError("InvalidParameterException", message);

        (await pool.DescribeAsync("bob")).Attribute("name").ShouldBe("Bob");
    }

    [Fact]
    public async Task A_client_deletes_only_what_it_may_write()
    {
        var (pool, tokens) = await SignedInAsync(new JsonObject
        {
            ["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH"),
            ["WriteAttributes"] = new JsonArray("email"),
        });

        (await DeleteAsync(pool, tokens, "name")).ShouldBeError("NotAuthorizedException", "A client attempted to write unauthorized attribute");
    }

    private static Task<Answer> DeleteAsync(TestPool pool, Testing.Tokens tokens, params string[] names) =>
        pool.World.OwnAsync("DeleteUserAttributes", tokens, new JsonObject { ["UserAttributeNames"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) });

    private static async Task<(TestPool Pool, Testing.Tokens Tokens)> SignedInAsync(JsonObject? client = null)
    {
        var pool = await (await World.OnAsync()).PoolAsync(client: client);
        return (pool, await (await pool.ConfirmedAsync("bob")).SignInAsync());
    }
}
