using Poolhouse.Storage.Redis;

namespace Poolhouse.Server;

/// <summary>Looks after Redis, so that no request has to: asks whether it is back while it is away, and begins to trust it again.</summary>
internal sealed partial class RedisWatch(RedisConnection redis, RedisSessionStore sessions, TimeProvider clock, ILogger<RedisWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool? wasTrusted = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!sessions.IsTrusted && (!redis.IsAway || await redis.ProbeAsync(stoppingToken))) await sessions.TrustAsync(stoppingToken);
                if (sessions.IsTrusted != wasTrusted) Tell(sessions.IsTrusted);
                wasTrusted = sessions.IsTrusted;
                await Task.Delay(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The database: without it there is no generation to begin.
                LogFailed(failure);
                await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
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
