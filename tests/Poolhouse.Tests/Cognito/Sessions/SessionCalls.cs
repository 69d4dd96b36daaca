using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.Sessions;

/// <summary>Calls about sessions, short.</summary>
internal static class SessionCalls
{
    /// <summary>A pool that tracks sessions.</summary>
    public static async Task<TestPool> SessionPoolAsync(this World world, int maxPerUser = 20, JsonObject? client = null)
    {
        var pool = await world.PoolAsync(client: client);
        (await pool.TrackAsync("ENABLED", maxPerUser)).Status.ShouldBe(200);
        return pool;
    }

    public static Task<Answer> TrackAsync(this TestPool pool, string tracking, int maxPerUser) =>
        pool.World.CallAsync("SetUserPoolSessionConfiguration", new JsonObject
        {
            ["UserPoolId"] = pool.Id,
            ["UserSessionTracking"] = tracking,
            ["TokenSession"] = new JsonObject { ["MaxPerUser"] = maxPerUser },
        });

    public static async Task<JsonArray> SessionsAsync(this TestPool pool, string username)
    {
        var answer = await pool.AdminAsync("AdminListUserSessions", username);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json["Sessions"]!.AsArray();
    }

    public static async Task<JsonArray> OwnSessionsAsync(this World world, Testing.Tokens tokens)
    {
        var answer = await world.OwnAsync("ListUserSessions", tokens);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json["Sessions"]!.AsArray();
    }

    /// <summary>The id of the session that a token is of.</summary>
    public static async Task<string> SessionIdAsync(this World world, Testing.Tokens tokens) =>
        (await world.OwnSessionsAsync(tokens)).Single(s => s!["IsCurrentSession"]!.GetValue<bool>())!["SessionId"]!.GetValue<string>();
}
