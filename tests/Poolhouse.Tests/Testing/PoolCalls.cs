using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Calls about a pool's configuration, short.</summary>
internal static class PoolCalls
{
    /// <summary>A call with the pool's id among its members.</summary>
    public static Task<Answer> ConfigureAsync(this TestPool pool, string operation, JsonObject? members = null)
    {
        var request = members ?? [];
        request["UserPoolId"] = pool.Id;
        return pool.World.CallAsync(operation, request);
    }

    /// <summary>Every item of a list, read in pages of one.</summary>
    public static async Task<List<JsonObject>> ListInPagesAsync(this TestPool pool, string operation, string list)
    {
        var items = new List<JsonObject>();
        string? token = null;
        do
        {
            var page = await pool.ConfigureAsync(operation, new JsonObject { ["MaxResults"] = 1, ["NextToken"] = token }).ShouldSucceedAsync();
            page[list]!.AsArray().Count.ShouldBeLessThanOrEqualTo(1);
            items.AddRange(page[list]!.AsArray().Select(item => item!.DeepClone().AsObject()));
            token = page["NextToken"]?.GetValue<string>();
        }
        while (token is not null);

        return items;
    }

    /// <summary>A member's text.</summary>
    public static string? Text(this JsonNode? node, string member) => node![member]?.GetValue<string>();
}
