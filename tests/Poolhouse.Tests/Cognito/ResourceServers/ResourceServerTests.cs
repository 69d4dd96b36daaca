using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.ResourceServers;

/// <summary>CreateResourceServer, DescribeResourceServer, UpdateResourceServer, DeleteResourceServer and ListResourceServers.</summary>
public sealed class ResourceServerTests
{
    private const string Identifier = "https://api.example.com";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_resource_server_is_made_described_replaced_and_deleted(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();

        var made = await CreateAsync(pool, Identifier, ("read", "Read"), ("write", "Write")).ShouldSucceedAsync();
        var described = await DescribeAsync(pool).ShouldSucceedAsync();
        var updated = await pool.ConfigureAsync("UpdateResourceServer", new JsonObject { ["Identifier"] = Identifier, ["Name"] = "New" }).ShouldSucceedAsync();
        var deleted = await pool.ConfigureAsync("DeleteResourceServer", new JsonObject { ["Identifier"] = Identifier });

        described.ToJsonString().ShouldBe(made.ToJsonString());
        made["ResourceServer"]!["Scopes"]!.ToJsonString()
            .ShouldBe("""[{"ScopeName":"read","ScopeDescription":"Read"},{"ScopeName":"write","ScopeDescription":"Write"}]""");
        updated["ResourceServer"]!.ToJsonString()
            .ShouldBe($$"""{"UserPoolId":"{{pool.Id}}","Identifier":"https://api.example.com","Name":"New","Scopes":[]}""");
        deleted.Text.ShouldBe("");
        (await DescribeAsync(pool)).ShouldBeError("ResourceNotFoundException", $"Resource server {Identifier} does not exist.");
    }

    [Fact]
    public async Task An_identifier_is_taken_once_and_a_scope_given_once()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        await CreateAsync(pool, "a").ShouldSucceedAsync();

        (await CreateAsync(pool, "a")).ShouldBeError("InvalidParameterException", $"a already exists in user pool {pool.Id}.");
        (await CreateAsync(pool, "b", ("x", "1"), ("x", "2"))).ShouldBeError("InvalidParameterException", "The scope x is given more than once.");
    }

    [Fact]
    public async Task A_pool_has_twenty_five_at_most()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        for (var i = 0; i < 25; i++) await CreateAsync(pool, $"s{i:00}").ShouldSucceedAsync();

        (await CreateAsync(pool, "one-more")).ShouldBeError("LimitExceededException", "A user pool can have at most 25 resource servers.");
        (await pool.ListInPagesAsync("ListResourceServers", "ResourceServers")).Select(s => s.Text("Identifier"))
            .ShouldBe(Enumerable.Range(0, 25).Select(i => $"s{i:00}"));
    }

    [Theory]
    [InlineData("UpdateResourceServer")]
    [InlineData("DeleteResourceServer")]
    public async Task An_unknown_one_is_not_found(string operation)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        (await pool.ConfigureAsync(operation, new JsonObject { ["Identifier"] = "x", ["Name"] = "x" }))
            .ShouldBeError("ResourceNotFoundException", "Resource server x does not exist.");
    }

    private static Task<Answer> CreateAsync(TestPool pool, string identifier, params (string Name, string Description)[] scopes) => pool.ConfigureAsync(
        "CreateResourceServer",
        new JsonObject
        {
            ["Identifier"] = identifier,
            ["Name"] = "API",
            ["Scopes"] = new JsonArray([.. scopes.Select(s => new JsonObject { ["ScopeName"] = s.Name, ["ScopeDescription"] = s.Description })]),
        });

    private static Task<Answer> DescribeAsync(TestPool pool) =>
        pool.ConfigureAsync("DescribeResourceServer", new JsonObject { ["Identifier"] = Identifier });
}
