using Poolhouse.Core.Logs;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Logs;

/// <summary>
/// Delivers log lines, in their order as far as the destinations let it, each at least once. A destination that is away is tried
/// again after a second, then ever later, up to a minute, and keeps no other waiting. What waits is bounded: 100,000 lines, and a day.
/// </summary>
internal sealed partial class LogShipping(IDatabase database, LogDestinations destinations, TimeProvider clock, ILogger<LogShipping> logger) : BackgroundService
{
    /// <summary>Lines that may wait; beyond it the oldest are dropped.</summary>
    internal const int MostLines = 100_000;

    private const int BatchSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(ShipAllAsync, Pause, clock, LogFailed, stoppingToken);

    private async Task ShipAllAsync(CancellationToken ct)
    {
        while (await ShipAsync(ct) == BatchSize)
        {
        }

        var dropped = await database.WriteAsync(unit => unit.Logs.TrimAsync(MostLines, ct), ct);
        if (dropped > 0) LogDropped(dropped);
    }

    /// <summary>Delivers what is due, a batch at most; answers how many lines that were.</summary>
    internal async Task<int> ShipAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Nothing is written where nothing waits, which is most of the time.
        var claimed = await database.WriteAsync(unit => unit.Logs.ClaimAsync(BatchSize, now + Lease, now, ct), ct);
        foreach (var group in claimed.GroupBy(c => c.Entry.Arn, StringComparer.Ordinal)) await SendAsync(group.Key, [.. group], ct);
        return claimed.Count;
    }

    private async Task SendAsync(string arn, IReadOnlyList<ClaimedLog> lines, CancellationToken ct)
    {
        var isSent = false;
        // A destination that left the configuration may come back; until then its lines wait, and end with their day.
        if (destinations.Find(arn) is { } sink)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
            deadline.CancelAfter(Deadline);
            try
            {
                await sink.SendAsync([.. lines.Select(line => line.Entry.Line)], deadline.Token);
                isSent = true;
            }
            catch (Exception failure) when (failure is IOException or HttpRequestException or UnauthorizedAccessException
                || (failure is OperationCanceledException && !ct.IsCancellationRequested))
            {
                LogNotDelivered(lines.Count, arn, failure.GetType().Name);
            }
        }

        var now = clock.GetUtcNow();
        await database.WriteAsync(async unit =>
        {
            foreach (var line in lines)
            {
                if (isSent) await unit.Logs.CompleteAsync(line.Entry.Id, ct);
                else await unit.Logs.DeferAsync(line.Entry.Id, now + Delay(line.Attempts), ct);
            }

            return true;
        }, ct);
    }

    private static TimeSpan Delay(int attempts) => TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(attempts - 1, 6)));

    [LoggerMessage(EventIds.LogsDropped, LogLevel.Error, "{Count} log lines were dropped, the oldest of more than may wait: their destinations are away.")]
    private partial void LogDropped(int count);

    [LoggerMessage(EventIds.LogsNotDelivered, LogLevel.Warning, "{Count} log lines were not delivered to {Arn} ({Failure}); they are tried again.")]
    private partial void LogNotDelivered(int count, string arn, string failure);

    [LoggerMessage(EventIds.LogShippingFailed, LogLevel.Warning, "Delivering log lines failed; it is tried again.")]
    private partial void LogFailed(Exception failure);
}
