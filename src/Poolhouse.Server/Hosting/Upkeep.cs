using Poolhouse.Core.Stores;

namespace Poolhouse.Server;

/// <summary>Removes what has expired, a little at a time. Nothing depends on it: every use checks the time itself.</summary>
internal sealed partial class Upkeep(IDatabaseMaintenance maintenance, TimeProvider clock, ILogger<Upkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var removed = await maintenance.RemoveExpiredAsync(clock.GetUtcNow(), stoppingToken);
                if (removed > 0) LogDone(removed);
                await Task.Delay(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure);
                await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventIds.UpkeepDone, LogLevel.Debug, "Removed {Count} expired rows.")]
    private partial void LogDone(int count);

    [LoggerMessage(EventIds.UpkeepFailed, LogLevel.Warning, "Removing expired rows failed; it is tried again in a minute.")]
    private partial void LogFailed(Exception failure);
}
