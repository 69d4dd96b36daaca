using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>Calls that many tests make, short.</summary>
internal static class Calls
{
    /// <summary>An administrator's call about a user.</summary>
    public static Task<Answer> AdminAsync(this TestPool pool, string operation, string username, JsonObject? members = null)
    {
        var request = members ?? [];
        request["UserPoolId"] = pool.Id;
        request["Username"] = username;
        return pool.World.CallAsync(operation, request);
    }

    /// <summary>A call of a client about a user, with SECRET_HASH where the client has a secret.</summary>
    public static Task<Answer> PublicAsync(this TestPool pool, string operation, string username, JsonObject? members = null)
    {
        var request = members ?? [];
        request["ClientId"] = pool.ClientId;
        request["Username"] = username;
        pool.AddSecretHash(request, username);
        return pool.World.CallAsync(operation, request);
    }

    /// <summary>A call with a user's own access token.</summary>
    public static Task<Answer> OwnAsync(this World world, string operation, Tokens tokens, JsonObject? members = null)
    {
        var request = members ?? [];
        request["AccessToken"] = tokens.Access;
        return world.CallAsync(operation, request);
    }

    /// <summary>GetTokensFromRefreshToken.</summary>
    public static Task<Answer> RefreshAsync(this TestPool pool, string? refreshToken)
    {
        var request = new JsonObject { ["ClientId"] = pool.ClientId, ["RefreshToken"] = refreshToken };
        if (pool.Secret is not null) request["ClientSecret"] = pool.Secret;
        return pool.World.CallAsync("GetTokensFromRefreshToken", request);
    }

    /// <summary>What AdminGetUser knows; the attributes are under their names.</summary>
    public static async Task<JsonObject> DescribeAsync(this TestPool pool, string username)
    {
        var answer = await pool.AdminAsync("AdminGetUser", username);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    /// <summary>An attribute in a list of them, or null.</summary>
    public static string? Attribute(this JsonObject user, string name) =>
        (user["UserAttributes"] ?? user["Attributes"])!.AsArray().SingleOrDefault(a => a!["Name"]!.GetValue<string>() == name)?["Value"]!.GetValue<string>();

    /// <summary>A list of attributes for a request.</summary>
    public static JsonArray Attributes(params (string Name, string Value)[] pairs) =>
        [.. pairs.Select(p => (JsonNode)new JsonObject { ["Name"] = p.Name, ["Value"] = p.Value })];

    /// <summary>A call that must have succeeded.</summary>
    public static async Task<JsonObject> ShouldSucceedAsync(this Task<Answer> call)
    {
        var answer = await call;
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }
}
