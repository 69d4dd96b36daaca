namespace Poolhouse.Messaging.Outbox;

/// <summary>
/// Which way this process's mail goes: through the queue or, where there is none or it has been away for a while, straight from the outbox. Both ways at
/// once would do no harm, for leases keep them apart.
/// </summary>
/// <param name="patience">How long the queue may be away; null where there is no queue.</param>
/// <param name="delivers">Whether this process delivers at all, or leaves that to others.</param>
/// <param name="time">The clock; only time that passes counts, whatever a clock is set to.</param>
internal sealed class DeliveryRoute(TimeSpan? patience, bool delivers, TimeProvider time)
{
    private readonly Lock _lock = new();

    // A queue that was never there is away since the start.
    private long? _awaySince = time.GetTimestamp();

    /// <summary>Whether what is due is to be delivered straight from the outbox.</summary>
    public bool IsDirect
    {
        get
        {
            lock (_lock) return delivers && (patience is not { } limit || (_awaySince is { } since && time.GetElapsedTime(since) >= limit));
        }
    }

    /// <summary>The queue took everything that was due.</summary>
    public void QueueIsThere()
    {
        lock (_lock) _awaySince = null;
    }

    /// <summary>It did not; since <paramref name="timestamp"/>, unless it is known to be away for longer.</summary>
    public void QueueIsAway(long timestamp)
    {
        lock (_lock) _awaySince ??= timestamp;
    }
}
