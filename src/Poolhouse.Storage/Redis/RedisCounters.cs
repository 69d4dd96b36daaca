using StackExchange.Redis;

namespace Poolhouse.Storage.Redis;

/// <summary>Counters with windows that all nodes share.</summary>
public sealed class RedisCounters(RedisConnection redis)
{
    // One script, or a node that stops between the two would leave a counter that never ends.
    private const string Count =
        "local calls = redis.call('incr', KEYS[1]) if calls == 1 then redis.call('pexpire', KEYS[1], ARGV[1]) end return {calls, redis.call('pttl', KEYS[1])}";

    /// <summary>Counts one in the window that is open for a key, or opens one; null where Redis is away.</summary>
    /// <returns>How many there were, and how long the window still lasts.</returns>
    public async ValueTask<(long Calls, TimeSpan Left)?> CountAsync(string key, TimeSpan window, CancellationToken ct)
    {
        var (isAnswered, result) = await redis.TryAsync(
            server => server.ScriptEvaluateAsync(Count, [(RedisKey)$"poolhouse:calls:{key}"], [(long)window.TotalMilliseconds]), ct);
        if (!isAnswered || (RedisValue[]?)result is not [var calls, var left]) return null;
        return ((long)calls, TimeSpan.FromMilliseconds((long)left));
    }
}
