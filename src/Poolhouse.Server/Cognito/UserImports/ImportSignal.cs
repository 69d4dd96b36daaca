using System.Threading.Channels;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Tells this node's runner that there is something to do. Losing a signal costs a second, never a job.</summary>
internal sealed class ImportSignal(TimeProvider clock)
{
    private readonly Channel<byte> _signals =
        Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Call after the transaction was committed. Never blocks.</summary>
    public void Notify() => _signals.Writer.TryWrite(0);

    /// <summary>Returns at a signal, after a time or when cancelled; never throws.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_signals.Reader.WaitToReadAsync(done.Token).AsTask(), Task.Delay(timeout, clock, done.Token));
        await done.CancelAsync();
        _signals.Reader.TryRead(out _);
    }
}
