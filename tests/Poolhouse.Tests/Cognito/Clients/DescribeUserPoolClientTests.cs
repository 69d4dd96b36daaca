using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

public sealed class DescribeUserPoolClientTests
{
    [Fact]
    public async Task Answers_what_CreateUserPoolClient_answered()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var created = await CreateUserPoolClientTests.CreateAsync(pool, """{"GenerateSecret":true,"AccessTokenValidity":2}""");

        var described = await DescribeAsync(pool, created["ClientId"]!.GetValue<string>());

        described.ToJsonString().ShouldBe(created.ToJsonString());
    }

    [Fact]
    public async Task A_client_of_another_pool_does_not_exist()
    {
        var world = await World.OnAsync();
        var (pool, other) = (await world.PoolAsync(), await world.PoolAsync());

        var answer = await world.CallAsync("DescribeUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = other.ClientId });

        answer.ShouldBeError("ResourceNotFoundException", "User pool client does not exist.");
    }

    internal static async Task<JsonObject> DescribeAsync(TestPool pool, string id) =>
        (await pool.World.DoAsync("DescribeUserPoolClient", new JsonObject { ["UserPoolId"] = pool.Id, ["ClientId"] = id }))["UserPoolClient"]!.AsObject();
}
