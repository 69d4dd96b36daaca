using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Clients;

public sealed class ListUserPoolClientsTests
{
    [Fact]
    public async Task Pages_hold_every_client_of_the_pool_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var made = new List<string> { pool.ClientId };
        for (var i = 0; i < 4; i++) made.Add((await CreateUserPoolClientTests.CreateAsync(pool, "{}"))["ClientId"]!.GetValue<string>());

        var found = new List<string>();
        string? token = null;
        do
        {
            var page = await pool.World.DoAsync("ListUserPoolClients", new JsonObject { ["UserPoolId"] = pool.Id, ["MaxResults"] = 2, ["NextToken"] = token });
            found.AddRange(page["UserPoolClients"]!.AsArray().Select(c => c!["ClientId"]!.GetValue<string>()));
            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);

        found.ShouldBe(made, ignoreOrder: true);
    }

    [Fact]
    public async Task A_token_is_of_one_pool()
    {
        var world = await World.OnAsync();
        var (pool, other) = (await world.PoolAsync(), await world.PoolAsync());
        await CreateUserPoolClientTests.CreateAsync(pool, "{}");
        var page = await world.DoAsync("ListUserPoolClients", new JsonObject { ["UserPoolId"] = pool.Id, ["MaxResults"] = 1 });

        var answer = await world.CallAsync(
            "ListUserPoolClients", new JsonObject { ["UserPoolId"] = other.Id, ["NextToken"] = page["NextToken"]!.GetValue<string>() });

        answer.ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
    }

    [Fact]
    public async Task A_client_is_described_in_short()
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var page = await pool.World.DoAsync("ListUserPoolClients", new JsonObject { ["UserPoolId"] = pool.Id });

        page.ToJsonString().ShouldBe($$"""{"UserPoolClients":[{"ClientId":"{{pool.ClientId}}","UserPoolId":"{{pool.Id}}","ClientName":"Test"}]}""");
    }
}
