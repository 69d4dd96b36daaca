using Poolhouse.Storage.Redis;

namespace Poolhouse.Server.Health;

/// <summary>Redis: while it is away the database answers for sessions, and each node counts requests for itself.</summary>
internal sealed class RedisCheck(RedisConnection redis, RedisSessionStore sessions) : IEngineCheck
{
    public string Name => "redis";

    public bool IsRequired => false;

    // Through the breaker, as a request would: while it is open there is nothing to ask, and a node without requests finds out here.
    public async ValueTask<EngineState> CheckAsync(CancellationToken ct)
    {
        var (isAnswered, _) = await redis.TryAsync(static server => server.PingAsync(), ct);
        if (!isAnswered) return EngineState.Out("Redis is away; the database answers for sessions. Look whether it runs and this node reaches it.");
        return sessions.IsTrusted
            ? EngineState.Well("Redis answers.")
            : EngineState.Out("Redis answers again, but is not trusted yet: this node has to tell the database first.");
    }
}
