using Poolhouse.Storage.Redis;

namespace Poolhouse.Server.Account.Limits;

/// <summary>Counters that all nodes share, in Redis. While that is away each node counts for itself: a limit is never a reason not to answer.</summary>
internal sealed class RedisRateCounters(RedisConnection redis) : IRateCounters
{
    private readonly RedisCounters _shared = new(redis);
    private readonly MemoryRateCounters _own = new();

    public async ValueTask<RateCount> CountAsync(string key, TimeSpan window, DateTimeOffset now, CancellationToken ct) =>
        await _shared.CountAsync(key, window, ct) is var (calls, left) ? new RateCount(calls, now + left) : await _own.CountAsync(key, window, now, ct);
}
