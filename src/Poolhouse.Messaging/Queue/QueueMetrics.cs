using System.Diagnostics.Metrics;

namespace Poolhouse.Messaging.Queue;

/// <summary>Instruments of the meter <c>Poolhouse</c> about this node and the queue.</summary>
internal sealed class QueueMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _consumed;
    private int _connected;

    public QueueMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Poolhouse");
        _published = meter.CreateCounter<long>("poolhouse.queue.published", "{message}", "Ids that the broker confirmed.");
        _consumed = meter.CreateCounter<long>("poolhouse.queue.consumed", "{message}", "Ids that were consumed, by what became of them.");
        meter.CreateObservableGauge("poolhouse.queue.connected", () => Volatile.Read(ref _connected), null, "1 while this node has the broker, else 0.");
    }

    public void Published(int count) => _published.Add(count);

    /// <summary><c>attempted</c>, <c>nothing</c> (somebody else has it, or it is closed) or <c>dead</c>.</summary>
    public void Consumed(string outcome) => _consumed.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Connected(bool isConnected) => Volatile.Write(ref _connected, isConnected ? 1 : 0);
}
