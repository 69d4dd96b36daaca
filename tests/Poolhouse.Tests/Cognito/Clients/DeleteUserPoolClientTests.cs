using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

public sealed class DeleteUserPoolClientTests
{
    [Fact]
    public async Task A_deleted_client_is_gone_at_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var user = await pool.SignedUpAsync("ann");

        var answer = await pool.World.CallAsync("DeleteUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = pool.ClientId });

        answer.Status.ShouldBe(200);
        answer.Text.ShouldBe("");
        (await user.TrySignInAsync()).ShouldBeError("ResourceNotFoundException", $"User pool client {pool.ClientId} does not exist.");
    }

    [Fact]
    public async Task A_client_of_another_pool_stays()
    {
        var world = await World.OnAsync();
        var (pool, other) = (await world.PoolAsync(), await world.PoolAsync());

        var answer = await world.CallAsync("DeleteUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = other.ClientId });

        answer.ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
        await DescribeUserPoolClientTests.DescribeAsync(other, other.ClientId);
    }
}
