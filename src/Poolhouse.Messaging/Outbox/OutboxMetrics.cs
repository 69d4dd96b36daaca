using System.Diagnostics.Metrics;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Messaging.Outbox;

/// <summary>Instruments of the meter <c>Poolhouse</c> about the outbox; sent, failed and dead are this node's, the gauges the installation's.</summary>
internal sealed class OutboxMetrics
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _dead;
    private OutboxState _state = new(0, 0, null);

    public OutboxMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Tracing.Name);
        _sent = meter.CreateCounter<long>("poolhouse.outbox.sent", "{message}", "Messages that were accepted.");
        _failed = meter.CreateCounter<long>("poolhouse.outbox.failed", "{message}", "Attempts that failed and will be repeated.");
        _dead = meter.CreateCounter<long>("poolhouse.outbox.dead", "{message}", "Messages that were given up.");
        meter.CreateObservableGauge("poolhouse.outbox.waiting", () => _state.Waiting, "{message}", "Messages that wait.");
        meter.CreateObservableGauge("poolhouse.outbox.oldest_age", OldestAge, "s", "Age of the oldest message that waits; 0 when none does.");
    }

    public void Sent(MessageChannel channel) => _sent.Add(1, Tag(channel));

    public void Failed(MessageChannel channel) => _failed.Add(1, Tag(channel));

    public void Dead(MessageChannel channel) => _dead.Add(1, Tag(channel));

    /// <summary>What the gauges show until the next call.</summary>
    public void Observe(OutboxState state) => _state = state;

    private double OldestAge() => _state.OldestWaiting is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0;

    private static KeyValuePair<string, object?> Tag(MessageChannel channel) => new("channel", NameOf(channel));

    /// <summary>What instruments and spans call a channel.</summary>
    public static string NameOf(MessageChannel channel) => channel is MessageChannel.Sms ? "sms" : "email";
}
