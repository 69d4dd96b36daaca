using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Replicas;

/// <summary>The four operations of replicas.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task There_is_no_replica_and_none_can_be_made()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.ConfigureAsync("ListUserPoolReplicas")).Text.ShouldBe("""{"UserPoolReplicas":[]}""");
        (await pool.ConfigureAsync("CreateUserPoolReplica", Region())).ShouldBeError("OperationNotEnabledException");
        (await pool.ConfigureAsync("UpdateUserPoolReplica", Region())).ShouldBeError("ResourceNotFoundException");
        (await pool.ConfigureAsync("DeleteUserPoolReplica", Region()))
            .ShouldBeError("ResourceNotFoundException", $"User pool {pool.Id} has no replica in eu-west-1.");
    }

    [Theory]
    [InlineData("CreateUserPoolReplica")]
    [InlineData("DeleteUserPoolReplica")]
    [InlineData("ListUserPoolReplicas")]
    [InlineData("UpdateUserPoolReplica")]
    public async Task An_unknown_pool_is_not_found(string operation)
    {
        var request = Region();
        request["UserPoolId"] = "us-east-1_nowhere";

        (await (await World.OnAsync()).CallAsync(operation, request))
            .ShouldBeError("ResourceNotFoundException", "User pool us-east-1_nowhere does not exist.");
    }

    private static JsonObject Region() => new() { ["RegionName"] = "eu-west-1", ["Status"] = "ACTIVE" };
}
