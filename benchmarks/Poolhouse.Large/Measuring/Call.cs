using System.Diagnostics;
using System.Text.Json;
using Poolhouse.Load;

namespace Poolhouse.Large.Measuring;

/// <summary>A kind of call.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Request">The request for a pool; about another user each time.</param>
/// <param name="List">The list in the answer; null where there is none.</param>
/// <param name="Rows">How many entries it must have, lest two pools be compared that answer differently.</param>
internal sealed record Call(string Name, Func<Side, byte[]> Request, string? List = null, int Rows = 0)
{
    /// <summary>Whether the run fails where it costs too much; else it is measured for who wants to know.</summary>
    public bool HasGoal { get; init; } = true;

    /// <summary>Makes the call and looks at the answer.</summary>
    public async Task CheckAsync(HttpConnection connection, Side side)
    {
        using var answer = JsonDocument.Parse(await connection.SendAsync(Request(side)));
        if (List is null) return;
        var rows = answer.RootElement.GetProperty(List).GetArrayLength();
        if (rows != Rows) throw new LoadException($"{Name} of the pool of {side.Pool.Users} answered {rows} entries instead of {Rows}.");
    }

    /// <summary>Makes the call and adds how long it took.</summary>
    public async Task MeasureAsync(HttpConnection connection, Side side, Durations durations)
    {
        var request = Request(side);
        var sent = Stopwatch.GetTimestamp();
        await connection.SendAsync(request);
        durations.Add(Stopwatch.GetElapsedTime(sent));
    }
}

/// <summary>One of the two pools that are compared.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Random">Draws its users; the same ones in every run.</param>
internal sealed record Side(TestPool Pool, Random Random)
{
    /// <summary>Refresh tokens of some of its users.</summary>
    public List<string> RefreshTokens { get; } = [];

    /// <summary>Any user.</summary>
    public int AnyUser() => Random.Next(Pool.Users);

    /// <summary>A refresh token.</summary>
    public string AnyRefreshToken() => RefreshTokens[Random.Next(RefreshTokens.Count)];
}
