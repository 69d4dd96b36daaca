using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class DescribeUserPoolTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Shows_what_CreateUserPool_leaves_out(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var created = await CreateUserPoolTests.CreateAsync(world, "{}");

        var described = await DescribeAsync(world, created["Id"]!.GetValue<string>());

        described["UserPoolTags"]!.ToJsonString().ShouldBe("{}");
        described["LambdaConfig"]!.ToJsonString().ShouldBe("{}");
        var attributes = described["SchemaAttributes"]!.AsArray();
        attributes.Count.ShouldBe(21);
        attributes[0]!["Name"]!.GetValue<string>().ShouldBe("profile");
        attributes.Single(a => a!["Name"]!.GetValue<string>() == "identities")!["StringAttributeConstraints"]!.ToJsonString().ShouldBe("{}");
        described.Remove("UserPoolTags");
        described.Remove("SchemaAttributes");
        created.Remove("SchemaAttributes");
        described.ToJsonString().ShouldBe(created.ToJsonString());
    }

    [Fact]
    public async Task Counts_the_users()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync();
        await pool.SignedUpAsync("ann");
        await pool.SignedUpAsync("bob");

        var described = await DescribeAsync(world, pool.Id);

        described["EstimatedNumberOfUsers"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_pool_does_not_exist()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = "us-east-1_nobody" });

        answer.ShouldBeError("ResourceNotFoundException", "User pool us-east-1_nobody does not exist.");
    }

    internal static async Task<JsonObject> DescribeAsync(World world, string id) =>
        (await world.DoAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = id }))["UserPool"]!.AsObject();
}
