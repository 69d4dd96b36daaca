using Poolhouse.Storage.Redis;

namespace Poolhouse.Server.Account.Limits;

/// <summary>Counters that all nodes share, in Redis. While that is away others count, from nothing: a limit is never a reason not to answer.</summary>
internal sealed class RedisRateCounters(RedisConnection redis, IRateCounters others) : IRateCounters
{
    private readonly RedisCounters _shared = new(redis);

    public async ValueTask<RateCount> CountAsync(RateLimit limit, string who, DateTimeOffset now, CancellationToken ct) =>
        await _shared.CountAsync(limit.KeyOf(who), limit.Window, ct) is var (calls, left) ? new RateCount(calls, now + left) : await others.CountAsync(limit, who, now, ct);
}
