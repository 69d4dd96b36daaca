using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.UserPools;

public sealed class ListUserPoolsTests
{
    [Fact]
    public async Task Pages_hold_every_pool_once()
    {
        await using var world = await World.StartAsync();
        foreach (var _ in Enumerable.Range(0, 5)) await CreateUserPoolTests.CreateAsync(world, "{}");

        var found = new List<string>();
        string? token = null;
        do
        {
            var page = await world.DoAsync("ListUserPools", new JsonObject { ["MaxResults"] = 2, ["NextToken"] = token });
            found.AddRange(page["UserPools"]!.AsArray().Select(p => p!["Id"]!.GetValue<string>()));
            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);

        found.Count.ShouldBe(7); // With the two pools that every installation has.
        found.Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public async Task A_pool_is_described_in_short()
    {
        var world = await World.OnAsync();
        await CreateUserPoolTests.CreateAsync(world, "{}");

        var page = await world.DoAsync("ListUserPools", new JsonObject { ["MaxResults"] = 1 });

        page["UserPools"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["Id", "Name", "LambdaConfig", "LastModifiedDate", "CreationDate"]);
    }

    [Fact]
    public async Task A_made_up_token_is_refused()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("ListUserPools", new JsonObject { ["MaxResults"] = 1, ["NextToken"] = "AQIDBA" });

        answer.ShouldBeError("InvalidParameterException", "Invalid pagination token given.");
    }

    [Fact]
    public async Task The_size_of_a_page_is_required()
    {
        var world = await World.OnAsync();

        var answer = await world.CallAsync("ListUserPools", []);

        answer.ShouldBeError("InvalidParameterException");
    }
}
