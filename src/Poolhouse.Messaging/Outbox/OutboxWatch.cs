using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Stores;

namespace Poolhouse.Messaging.Outbox;

/// <summary>Keeps the outbox gauges fresh.</summary>
internal sealed partial class OutboxWatch(
    IDatabase database, OutboxMetrics metrics, TimeProvider time, ILogger<OutboxWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                metrics.Observe(await database.ReadAsync(stores => stores.Outbox.StateAsync(stoppingToken), stoppingToken));
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // A background loop; the relay reports the store's failure more loudly.
                LogStoreFailed(failure);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventIds.StateUnknown, LogLevel.Debug, "The state of the outbox could not be read.")]
    private partial void LogStoreFailed(Exception failure);
}
