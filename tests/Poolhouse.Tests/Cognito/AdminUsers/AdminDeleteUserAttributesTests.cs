using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.AdminUsers;

public sealed class AdminDeleteUserAttributesTests
{
    [Fact]
    public async Task What_is_named_goes_and_what_is_not_there_is_no_error()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        var answer = await DeleteAsync(pool, "email", "nickname");

        answer.Text.ShouldBe("{}");
        (await pool.DescribeAsync("bob"))["UserAttributes"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_ones_are_refused()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await pool.ConfirmedAsync("bob");

        (await DeleteAsync(pool, "email", "custom:unknown")).ShouldBeError(
            "InvalidParameterException", "Invalid user attributes: Type for attribute {custom:unknown} could not be determined");

        (await pool.DescribeAsync("bob")).Attribute("email").ShouldNotBeNull();
    }

    private static Task<Answer> DeleteAsync(TestPool pool, params string[] names) =>
        pool.AdminAsync("AdminDeleteUserAttributes", "bob", new JsonObject { ["UserAttributeNames"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) });
}
