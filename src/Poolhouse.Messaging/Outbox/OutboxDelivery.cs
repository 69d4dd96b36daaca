using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Core.Triggers;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Messaging.Outbox;

/// <summary>One attempt: compose, send, write down what became of it.</summary>
internal sealed partial class OutboxDelivery(
    IDatabase database,
    Composer composer,
    MessageSenders senders,
    CustomSenders customSenders,
    OutboxMetrics metrics,
    IFailureLog failures,
    IRandom random,
    TimeProvider time,
    ILogger<OutboxDelivery> logger)
{
    /// <summary>
    /// How often in a row the process that held a message may be gone when its lease ends, before the message is suspected: it might end every process that
    /// tries it, and with it everybody's mail.
    /// </summary>
    public const int MostLostLeases = 10;

    /// <summary>How long a message belongs to the relay that took it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // An attempt ends before its lease, with time left to write down its result; or another relay would send a copy.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan[] RecordPauses = [.. new[] { 100, 300, 900, 2_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    private readonly ConcurrentDictionary<string, bool> _underWay = new();

    /// <summary>Whom the leases belong to; different in every process.</summary>
    public string Owner { get; } = random.UuidText();

    /// <summary>The ids of messages that this process is sending. Nothing takes them meanwhile, whatever a clock says of their leases.</summary>
    public IReadOnlyCollection<string> UnderWay => [.. _underWay.Keys];

    /// <summary>Whether this process is sending it.</summary>
    public bool IsUnderWay(string id) => _underWay.ContainsKey(id);

    /// <summary>Never throws: one message must not stop the others.</summary>
    public async Task DeliverAsync(ClaimedMessage claimed, CancellationToken ct)
    {
        _underWay[claimed.Message.Id] = true;
        try
        {
            // Leaves the relay's loop before a composer or an in-process sender does its work.
            await Task.Yield();
            await DeliverNowAsync(claimed, ct);
        }
        finally
        {
            _underWay.TryRemove(claimed.Message.Id, out _);
        }
    }

    private async Task DeliverNowAsync(ClaimedMessage claimed, CancellationToken ct)
    {
        var message = claimed.Message;
        using var span = Tracing.Continue("deliver message", message.TraceParent);
        span?.SetTag("messaging.message.id", message.Id).SetTag("poolhouse.message.kind", message.Kind.ToString()).SetTag("poolhouse.message.channel", OutboxMetrics.NameOf(message.Channel)).SetTag("poolhouse.message.attempt", claimed.Attempts + 1);
        if (claimed.LostLeases >= MostLostLeases)
        {
            await BuryAsync(message, "lost-repeatedly", ct);
            return;
        }

        var outcome = await AttemptAsync(message, ct);
        if (span is not null) Describe(span, outcome);
        switch (outcome)
        {
            case null:
                break;
            case SendOutcome.Sent:
                metrics.Sent(message.Channel);
                if (await RecordAsync(message, unit => unit.Outbox.CompleteAsync(message.Id, Owner, time.GetUtcNow(), ct), ct))
                    LogSent(message.PoolId, message.Id);
                break;
            case SendOutcome.Refused(var reason):
                await BuryAsync(message, reason, ct);
                break;
            case SendOutcome.Unavailable(var reason):
                await DeferAsync(claimed, reason, ct);
                break;
        }
    }

    // Reasons are words of this program; what a server or a function said is not among them.
    private static void Describe(Activity span, SendOutcome? outcome)
    {
        var (word, reason) = outcome switch
        {
            SendOutcome.Sent => ("sent", null),
            SendOutcome.Refused(var why) => ("refused", why),
            SendOutcome.Unavailable(var why) => ("unavailable", why),
            _ => ("stopped", null),
        };
        span.SetTag("poolhouse.message.outcome", word);
        if (reason is not null) span.SetTag("error.type", reason).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Null when the host is stopping: the lease ends by itself, and the next relay takes the message.</summary>
    private async Task<SendOutcome?> AttemptAsync(OutboxMessage message, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return message.Sender is null
                ? await senders.For(message.Channel).SendAsync(composer.Compose(message), either.Token)
                : await HandOverAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new SendOutcome.Unavailable("sender-timeout");
        }
        catch (Exception failure)
        {
            // A background loop: a bug in a sender must not lose the message. The type only, because the text may hold an address.
            LogSenderFailed(message.PoolId, message.Id, failure.GetType().Name);
            return new SendOutcome.Unavailable("sender-failed");
        }
    }

    // A function that fails may not fail again; what it says might be personal, so only that it failed is kept.
    private async Task<SendOutcome> HandOverAsync(OutboxMessage message, CancellationToken ct) => await customSenders.SendAsync(message, ct) switch
    {
        FunctionAnswer.Returned => SendOutcome.Sent.Instance,
        FunctionAnswer.Unreachable => new SendOutcome.Unavailable("custom-sender-unreachable"),
        _ => new SendOutcome.Unavailable("custom-sender-failed"),
    };

    private async Task DeferAsync(ClaimedMessage claimed, string reason, CancellationToken ct)
    {
        var message = claimed.Message;
        var next = time.GetUtcNow() + RetryDelay.After(claimed.Attempts, random);
        if (next > message.NotAfter)
        {
            await BuryAsync(message, reason, ct);
            return;
        }
        metrics.Failed(message.Channel);
        if (await RecordAsync(message, unit => unit.Outbox.FailAsync(message.Id, Owner, next, reason, ct), ct))
            LogDeferred(message.PoolId, message.Id, reason, next);
    }

    private async Task BuryAsync(OutboxMessage message, string reason, CancellationToken ct)
    {
        metrics.Dead(message.Channel);
        var isRecorded = await RecordAsync(message, async unit =>
        {
            if (!await unit.Outbox.FailAsync(message.Id, Owner, nextAttemptAt: null, reason, ct)) return false;
            await failures.NoteAsync(unit, message, reason, time.GetUtcNow(), ct);
            return true;
        }, ct);
        if (isRecorded)
            LogDead(message.PoolId, message.Id, reason);
    }

    /// <summary>
    /// Tries for as long as the lease may last: a mail that was accepted but not written down goes out a second time. False if
    /// the lease was lost or the store did not answer.
    /// </summary>
    private async Task<bool> RecordAsync(OutboxMessage message, Func<IUnitOfWork, ValueTask<bool>> record, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await database.WriteAsync(record, ct)) return true;
                LogLeaseLost(message.PoolId, message.Id);
                return false;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception failure)
            {
                // A background loop, as above.
                if (attempt == RecordPauses.Length)
                {
                    LogResultNotRecorded(failure, message.PoolId, message.Id);
                    return false;
                }
            }
            // Ends without throwing when the host stops; the write above then answers.
            await Task.Delay(RecordPauses[attempt], time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventIds.Sent, LogLevel.Information, "Pool {Pool}: message {Message} was sent.")]
    private partial void LogSent(PoolId pool, string message);

    [LoggerMessage(EventIds.Deferred, LogLevel.Warning, "Pool {Pool}: message {Message} was not accepted ({Reason}); next attempt at {NextAttempt}.")]
    private partial void LogDeferred(PoolId pool, string message, string reason, DateTimeOffset nextAttempt);

    [LoggerMessage(EventIds.Dead, LogLevel.Error, "Pool {Pool}: message {Message} was given up ({Reason}).")]
    private partial void LogDead(PoolId pool, string message, string reason);

    [LoggerMessage(EventIds.LeaseLost, LogLevel.Warning, "Pool {Pool}: the lease of message {Message} was lost before its result was written down.")]
    private partial void LogLeaseLost(PoolId pool, string message);

    [LoggerMessage(EventIds.SenderFailed, LogLevel.Error, "Pool {Pool}: sending message {Message} failed unexpectedly with {Exception}.")]
    private partial void LogSenderFailed(PoolId pool, string message, string exception);

    [LoggerMessage(EventIds.ResultNotRecorded, LogLevel.Error, "Pool {Pool}: the result of message {Message} could not be written down; it may be sent again.")]
    private partial void LogResultNotRecorded(Exception failure, PoolId pool, string message);
}
