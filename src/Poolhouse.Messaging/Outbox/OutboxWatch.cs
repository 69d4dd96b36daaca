using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Messaging.Outbox;

/// <summary>Keeps the outbox gauges fresh.</summary>
internal sealed partial class OutboxWatch(
    IDatabase database, OutboxMetrics metrics, TimeProvider time, ILogger<OutboxWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(
        async ct => metrics.Observe(await database.ReadAsync(stores => stores.Outbox.StateAsync(ct), ct)),
        Interval,
        time,
        LogStoreFailed, // The relay reports the store's failure more loudly.
        stoppingToken);

    [LoggerMessage(EventIds.StateUnknown, LogLevel.Debug, "The state of the outbox could not be read.")]
    private partial void LogStoreFailed(Exception failure);
}
