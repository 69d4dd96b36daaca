using System.Threading.Channels;

namespace Poolhouse.Core.Primitives;

/// <summary>
/// Tells a worker of this node that there is something to do, and remembers it until the worker looks. Losing a signal costs the worker's
/// next look, never the work, which is in the database.
/// </summary>
public abstract class WakeSignal(TimeProvider clock)
{
    private readonly Channel<byte> _signals =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Call after the transaction that left something to do was committed. Never blocks.</summary>
    public void Notify() => _signals.Writer.TryWrite(0);

    /// <summary>Returns at a signal, after <paramref name="timeout"/> or when <paramref name="ct"/> is cancelled; never throws.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_signals.Reader.WaitToReadAsync(done.Token).AsTask(), Task.Delay(timeout, clock, done.Token));
        await done.CancelAsync();
        _signals.Reader.TryRead(out _);
    }
}
