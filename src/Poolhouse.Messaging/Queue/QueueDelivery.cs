using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Messaging.Outbox;

namespace Poolhouse.Messaging.Queue;

/// <summary>What the broker is told of an id that it delivered.</summary>
internal enum Settlement
{
    /// <summary>It is dealt with.</summary>
    Done,

    /// <summary>It never will be: to the dead letters.</summary>
    Dead,

    /// <summary>Nothing: this process stops, and another is to have it.</summary>
    Left,
}

/// <summary>One id from the queue: claims its message and has it delivered. An id may come any number of times; only who wins the claim sends.</summary>
internal sealed partial class QueueDelivery(
    IDatabase database, OutboxDelivery delivery, QueueMetrics metrics, IRandom random, TimeProvider time, ILogger<QueueDelivery> logger)
{
    private const int IdLength = 36;

    /// <summary>Never throws; returns once the result is written down, and the broker may be told.</summary>
    /// <param name="body">An id of the outbox, in ASCII.</param>
    /// <param name="traceParent">Whence it comes, or null.</param>
    /// <param name="ct">This process has no more time.</param>
    public async Task<Settlement> HandleAsync(ReadOnlyMemory<byte> body, string? traceParent, CancellationToken ct)
    {
        var id = body.Length == IdLength ? Encoding.ASCII.GetString(body.Span) : "";
        if (!Guid.TryParseExact(id, "D", out _))
        {
            metrics.Consumed("dead");
            LogUnreadable(body.Length);
            return Settlement.Dead;
        }

        using var activity = MessagingActivities.Source.StartActivity("outbox process", ActivityKind.Consumer, MessagingActivities.Parent(traceParent));
        activity?.SetTag("messaging.system", "rabbitmq").SetTag("messaging.message.id", id);
        // Its result is written down by whoever is at it here; if that fails, its lease ends and it comes again.
        if (delivery.IsUnderWay(id))
        {
            metrics.Consumed("nothing");
            return Settlement.Done;
        }

        var (isAnswered, claimed) = await ClaimAsync(id, ct);
        if (!isAnswered) return Settlement.Left;
        if (claimed is null)
        {
            metrics.Consumed("nothing");
            return Settlement.Done;
        }

        await delivery.DeliverAsync(claimed, ct);
        if (claimed.LostLeases < OutboxDelivery.MostLostLeases)
        {
            metrics.Consumed("attempted");
            return Settlement.Done;
        }

        metrics.Consumed("dead");
        return Settlement.Dead;
    }

    // While the database is away the id stays with this consumer: the broker would hand it from one to the next, to none's good.
    private async Task<(bool IsAnswered, ClaimedMessage? Claimed)> ClaimAsync(string id, CancellationToken ct)
    {
        for (var failures = 1; !ct.IsCancellationRequested; failures++)
        {
            try
            {
                return (true, await database.WriteAsync(stores => stores.Outbox.ClaimOneAsync(id, delivery.Owner, OutboxDelivery.Lease, time.GetUtcNow(), ct), ct));
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                // A background loop: whatever the store throws, mail must go on once it answers again.
                LogStoreFailed(failure, id);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(RetryDelay.Reconnect(failures, random), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return default;
    }

    [LoggerMessage(EventIds.QueueUnreadable, LogLevel.Error, "The queue held something that is no id of a message ({Length} bytes); it is among the dead letters.")]
    private partial void LogUnreadable(int length);

    [LoggerMessage(EventIds.QueueClaimFailed, LogLevel.Error, "Message {Message} could not be claimed; trying again.")]
    private partial void LogStoreFailed(Exception failure, string message);
}
