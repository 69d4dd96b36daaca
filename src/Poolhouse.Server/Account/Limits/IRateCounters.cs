using System.Collections.Concurrent;

namespace Poolhouse.Server.Account.Limits;

/// <summary>What was counted in a window.</summary>
/// <param name="Calls">Including this one.</param>
/// <param name="EndsAt">When the window is over.</param>
internal sealed record RateCount(long Calls, DateTimeOffset EndsAt);

/// <summary>Counters of calls: in this node's memory, or shared by all nodes.</summary>
internal interface IRateCounters
{
    /// <summary>Counts a call in the window that is open for somebody, or opens one.</summary>
    /// <param name="limit">Against which limit.</param>
    /// <param name="who">Whose call: an account, or a network.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<RateCount> CountAsync(RateLimit limit, string who, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Counters of this node.</summary>
internal sealed class MemoryRateCounters : IRateCounters
{
    // Windows that are over need no memory; the map is swept when it is full, and emptied if that doesn't help.
    private const int MostKeys = 100_000;

    private readonly ConcurrentDictionary<string, RateCount> _counts = new(StringComparer.Ordinal);

    public ValueTask<RateCount> CountAsync(RateLimit limit, string who, DateTimeOffset now, CancellationToken ct)
    {
        if (_counts.Count >= MostKeys) Sweep(now);
        return ValueTask.FromResult(_counts.AddOrUpdate(
            limit.KeyOf(who),
            static (_, x) => new RateCount(1, x.now + x.window),
            static (_, known, x) => known.EndsAt <= x.now ? new RateCount(1, x.now + x.window) : known with { Calls = known.Calls + 1 },
            (now, window: limit.Window)));
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, count) in _counts)
            if (count.EndsAt <= now) _counts.TryRemove(key, out _);
        if (_counts.Count >= MostKeys) _counts.Clear();
    }
}
