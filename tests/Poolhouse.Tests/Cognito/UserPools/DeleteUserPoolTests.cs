using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class DeleteUserPoolTests
{
    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_pool_goes_with_its_clients(Engine engine)
    {
        var world = await World.OnAsync(engine);
        var pool = await world.PoolAsync();
        var user = await pool.SignedUpAsync("ann");

        var answer = await world.CallAsync("DeleteUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe("");
        (await user.TrySignInAsync()).ShouldBeError("ResourceNotFoundException", $"User pool client {pool.ClientId} does not exist.");
        (await world.CallAsync("DeleteUserPool", new JsonObject { ["UserPoolId"] = pool.Id }))
            .ShouldBeError("ResourceNotFoundException", $"User pool {pool.Id} does not exist.");
    }

    [Fact]
    public async Task A_protected_pool_stays()
    {
        var world = await World.OnAsync();
        var pool = await world.PoolAsync(new JsonObject { ["DeletionProtection"] = "ACTIVE" });

        var answer = await world.CallAsync("DeleteUserPool", new JsonObject { ["UserPoolId"] = pool.Id });

        answer.ShouldBeError(
            "InvalidParameterException",
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.");
        (await DescribeUserPoolTests.DescribeAsync(world, pool.Id))["DeletionProtection"]!.GetValue<string>().ShouldBe("ACTIVE");
    }
}
