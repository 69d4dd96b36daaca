using Poolhouse.Core.Primitives;
using Poolhouse.Storage.Redis;

namespace Poolhouse.Server;

/// <summary>Looks after Redis, so that no request has to: asks whether it is back while it is away, and begins to trust it again.</summary>
internal sealed partial class RedisWatch(RedisConnection redis, RedisSessionStore sessions, TimeProvider clock, ILogger<RedisWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Sentinels are asked once a second; what they would tell by themselves is found out by then.
    private const int RoundsBetweenQuestions = 4;

    private bool? _wasTrusted;
    private int _round;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(LookAsync, Interval, clock, LogFailed, stoppingToken);

    // What fails here is the database: without it there is no generation to begin.
    private async Task LookAsync(CancellationToken ct)
    {
        if (_round++ % RoundsBetweenQuestions == 0 && !redis.IsAway) await redis.FollowAsync(ct);
        if (!sessions.IsTrusted && (!redis.IsAway || await redis.ProbeAsync(ct))) await sessions.TrustAsync(ct);
        if (sessions.IsTrusted != _wasTrusted) Tell(sessions.IsTrusted);
        _wasTrusted = sessions.IsTrusted;
    }

    private void Tell(bool isTrusted)
    {
        if (isTrusted) LogAnswers();
        else LogAway();
    }

    [LoggerMessage(EventIds.RedisAnswers, LogLevel.Information, "Redis answers for sessions.")]
    private partial void LogAnswers();

    [LoggerMessage(EventIds.RedisAway, LogLevel.Warning, "Redis is away; the database answers for sessions.")]
    private partial void LogAway();

    [LoggerMessage(EventIds.RedisWatchFailed, LogLevel.Warning, "Redis could not be taken up again; it is tried anew.")]
    private partial void LogFailed(Exception failure);
}
