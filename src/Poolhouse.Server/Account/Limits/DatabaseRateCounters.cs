using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Account.Limits;

/// <summary>
/// For nodes on one PostgreSQL: limits that guard something are counted there, by all nodes together, at the price of one small write on paths that
/// write anyway. The others only keep a node from being busy with one caller, and each node does that for itself.
/// </summary>
internal sealed class DatabaseRateCounters(IDatabase database, MemoryRateCounters own) : IRateCounters
{
    public async ValueTask<RateCount> CountAsync(RateLimit limit, string who, DateTimeOffset now, CancellationToken ct)
    {
        if (!limit.IsGuard) return await own.CountAsync(limit, who, now, ct);
        var (calls, endsAt) = await database.WriteAsync(unit => unit.Attempts.CountWindowAsync($"rate/{limit.KeyOf(who)}", limit.Window, now, ct), ct);
        return new RateCount(calls, endsAt);
    }
}
