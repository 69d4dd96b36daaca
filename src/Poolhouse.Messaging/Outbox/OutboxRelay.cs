using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Stores;

namespace Poolhouse.Messaging.Outbox;

/// <summary>
/// Takes messages that are due from the outbox and has them delivered, several at once. It takes only as many as it can start
/// at once, so that no lease runs down in a queue and one slow message holds up nothing but its own place. Any number of nodes
/// may run it: leases keep them apart, and what a node held when it died is due again when its lease ends. It rests while the queue spreads the work.
/// </summary>
internal sealed partial class OutboxRelay(
    IDatabase database, OutboxDelivery delivery, OutboxSignal signal, DeliveryRoute route, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    internal const int Parallelism = 8;
    internal static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _abort = new();
    private bool _rested;

    /// <summary>Stops taking messages and lets those under way finish; cancels them when the host has no more time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(_abort.Cancel);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _abort.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> underWay = [];
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            underWay.RemoveAll(task => task.IsCompleted);
            if (!route.IsDirect)
            {
                _rested = true;
                await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var places = Parallelism - underWay.Count;
            var claimed = await ClaimAsync(places, stoppingToken);
            failures = claimed is null ? failures + 1 : 0;
            foreach (var message in claimed ?? []) underWay.Add(delivery.DeliverAsync(message, _abort.Token));

            if (claimed is not null && claimed.Count == places) await WaitForPlaceAsync(underWay, stoppingToken);
            else await signal.WaitAsync(Pause(failures), stoppingToken);
        }
        if (underWay.Count > 0) LogStopping(underWay.Count(task => !task.IsCompleted));
        await Task.WhenAll(underWay);
    }

    /// <summary>What is due; null where the store failed.</summary>
    private async Task<IReadOnlyList<ClaimedMessage>?> ClaimAsync(int limit, CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow();
            var claimed = await database.WriteAsync(
                async stores =>
                {
                    // What the queue has and can't give.
                    if (_rested) await stores.Outbox.ReleaseQueuedAsync(now, ct);
                    return await stores.Outbox.ClaimAsync(delivery.Owner, limit, OutboxDelivery.Lease, delivery.UnderWay, now, ct);
                },
                ct);
            if (_rested) LogDirect();
            _rested = false;
            return claimed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception failure)
        {
            // A background loop: whatever the store throws, mail must go on once it answers again.
            LogStoreFailed(failure);
            return null;
        }
    }

    private static async Task WaitForPlaceAsync(List<Task> underWay, CancellationToken ct)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(stopping.SetResult);
        await Task.WhenAny([.. underWay, stopping.Task]);
    }

    private static TimeSpan Pause(int failures) =>
        failures is 0 ? Poll : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, Poll.Ticks << Math.Min(failures, 10)));

    [LoggerMessage(EventIds.StoreFailed, LogLevel.Error, "The outbox could not be read; trying again.")]
    private partial void LogStoreFailed(Exception failure);

    [LoggerMessage(EventIds.Direct, LogLevel.Warning, "Messages go out straight from the outbox, without the queue.")]
    private partial void LogDirect();

    [LoggerMessage(EventIds.Stopping, LogLevel.Debug, "Stopping; {Count} messages are under way.")]
    private partial void LogStopping(int count);
}
