using System.Threading.Channels;

namespace Poolhouse.Messaging.Outbox;

/// <summary>Tells the relay of this node that there is something to send. Losing a signal costs a second, never a message.</summary>
public interface IOutboxSignal
{
    /// <summary>Call after the transaction that added a message was committed. Never blocks.</summary>
    void Notify();
}

/// <summary>Remembers one signal until the relay looks.</summary>
public sealed class OutboxSignal(TimeProvider time) : IOutboxSignal
{
    private readonly Channel<byte> _signals =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <inheritdoc/>
    public void Notify() => _signals.Writer.TryWrite(0);

    /// <summary>Returns at a signal, after <paramref name="timeout"/> or when <paramref name="ct"/> is cancelled; never throws.</summary>
    internal async Task WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_signals.Reader.WaitToReadAsync(done.Token).AsTask(), Task.Delay(timeout, time, done.Token));
        await done.CancelAsync();
        _signals.Reader.TryRead(out _);
    }
}
