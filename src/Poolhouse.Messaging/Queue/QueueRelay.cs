using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Messaging.Outbox;

namespace Poolhouse.Messaging.Queue;

/// <summary>
/// Gives the ids of messages that are due to the broker. What the broker loses, or nobody consumes, is due again after its lease and goes out again: the
/// outbox knows what is to be sent, the broker only spreads the work.
/// </summary>
internal sealed partial class QueueRelay(
    IDatabase database, QueuePublisher publisher, OutboxDelivery delivery, DeliveryRoute route, OutboxSignal signal, IRandom random, TimeProvider time, ILogger<QueueRelay> logger)
    : BackgroundService
{
    private const int Batch = 64;

    // More than that waits in the outbox: what stays long at the broker would be due, and published, again and again.
    private const int Deep = 1_000;
    private static readonly TimeSpan Poll = OutboxRelay.Poll;
    private bool _mayHaveForgotten = true;
    private bool _hasMore;
    private bool? _wasThere;
    private int _failures;
    private long _roundStarted;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(RunOnceAsync, WaitAsync, Fail, stoppingToken);

    private async Task RunOnceAsync(CancellationToken ct)
    {
        _roundStarted = time.GetTimestamp();
        _hasMore = false;
        if (!publisher.IsOpen)
        {
            _mayHaveForgotten = true;
            await publisher.OpenAsync(ct);
            // A broker can be reached and confirm nothing: an alarm, a queue without a leader. That is found out with an id that nobody knows, not with messages
            // that meanwhile go out without it.
            if (_wasThere is false) await publisher.PublishAsync([random.UuidText()]);
        }

        if (_mayHaveForgotten)
        {
            await database.WriteAsync(stores => stores.Outbox.ReleaseQueuedAsync(time.GetUtcNow(), ct), ct);
            _mayHaveForgotten = false;
        }

        if (await publisher.DepthAsync(ct) < Deep)
        {
            var ids = await database.WriteAsync(stores => stores.Outbox.QueueAsync(Batch, OutboxDelivery.Lease, delivery.UnderWay, time.GetUtcNow(), ct), ct);
            if (ids.Count > 0) await publisher.PublishAsync(ids);
            _hasMore = ids.Count == Batch;
        }

        route.QueueIsThere();
        if (_wasThere is not true) LogThere();
        (_wasThere, _failures) = (true, 0);
    }

    private Task WaitAsync(bool isDone, CancellationToken ct) =>
        !isDone ? Task.Delay(RetryDelay.Reconnect(_failures, random), time, ct)
        : _hasMore ? Task.CompletedTask
        : signal.WaitAsync(Poll, ct);

    private void Fail(Exception failure)
    {
        _failures++;
        if (failure is not QueueAwayException away)
        {
            LogStoreFailed(failure);
            return;
        }

        route.QueueIsAway(_roundStarted);
        if (_wasThere is not false) LogAway(away.Message);
        else LogStillAway(away.Message);
        _wasThere = false;
    }

    [LoggerMessage(EventIds.QueueThere, LogLevel.Information, "The queue is there; messages go through it.")]
    private partial void LogThere();

    [LoggerMessage(EventIds.QueueAway, LogLevel.Warning, "The queue is away ({Reason}); messages wait in the outbox, and go out without it if it stays away.")]
    private partial void LogAway(string reason);

    [LoggerMessage(EventIds.QueueStillAway, LogLevel.Debug, "The queue is still away ({Reason}).")]
    private partial void LogStillAway(string reason);

    [LoggerMessage(EventIds.QueueStoreFailed, LogLevel.Error, "The outbox could not be read for the queue; trying again.")]
    private partial void LogStoreFailed(Exception failure);
}
