using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class AddCustomAttributesTests
{
    [Fact]
    public async Task An_added_attribute_can_be_written()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        (await world.CallAsync("AddCustomAttributes", Request(pool.Id, "team"))).Text.ShouldBe("{}");

        var signUp = new JsonObject
        {
            ["ClientId"] = pool.ClientId,
            ["Username"] = "ann",
            ["Password"] = TestPool.Password,
            ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "custom:team", ["Value"] = "red" }),
        };
        (await world.CallAsync("SignUp", signUp)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_standard_name_makes_another_attribute()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        await world.DoAsync("AddCustomAttributes", Request(pool.Id, "email"));

        var names = (await DescribeUserPoolTests.DescribeAsync(world, pool.Id))["SchemaAttributes"]!.AsArray().Select(a => a!["Name"]!.GetValue<string>());
        names.Where(name => name.EndsWith("email", StringComparison.Ordinal)).ShouldBe(["email", "custom:email"]);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await world.DoAsync("AddCustomAttributes", Request(pool.Id, "team"));

        var answer = await world.CallAsync("AddCustomAttributes", Request(pool.Id, "team"));

        answer.ShouldBeError("InvalidParameterException", "custom:team: Existing attribute already has name custom:team.");
    }

    [Fact]
    public async Task Fifty_are_enough()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await world.DoAsync("AddCustomAttributes", Request(pool.Id, [.. Enumerable.Range(0, 25).Select(i => $"a{i}")]));
        await world.DoAsync("AddCustomAttributes", Request(pool.Id, [.. Enumerable.Range(0, 25).Select(i => $"b{i}")]));

        var answer = await world.CallAsync("AddCustomAttributes", Request(pool.Id, "c"));

        answer.ShouldBeError("InvalidParameterException", "A user pool can have at most 50 custom attributes.");
    }

    [Fact]
    public async Task An_attribute_needs_a_name()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();

        var answer = await world.CallAsync(
            "AddCustomAttributes", JsonNode.Parse($$"""{"UserPoolId":"{{pool.Id}}","CustomAttributes":[{"AttributeDataType":"String"}]}""")!.AsObject());

        answer.ShouldBeError("InvalidParameterException");
    }

    internal static JsonObject Request(string pool, params string[] names) => new()
    {
        ["UserPoolId"] = pool,
        ["CustomAttributes"] = new JsonArray([.. names.Select(name => new JsonObject { ["Name"] = name, ["AttributeDataType"] = "String", ["Mutable"] = true })]),
    };
}
