using System.Threading.Channels;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>Keeps a few RSA keys ready, since one takes up to half a second to make: more than a first sign-in should wait.</summary>
public sealed class SigningKeySupply : IDisposable
{
    private readonly Channel<SigningKey> _ready;
    private readonly Thread _maker;
    private readonly int _keySize;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts making keys on a thread of its own.</summary>
    /// <param name="ready">How many to keep ready, 1–16.</param>
    /// <param name="keySize">Bits of each; fewer only where nothing is protected by them.</param>
    public SigningKeySupply(int ready, int keySize = SigningKey.KeySize)
    {
        _keySize = keySize;
        _ready = Channel.CreateBounded<SigningKey>(ready);
        _maker = new Thread(Make) { IsBackground = true, Name = "signing keys" };
        _maker.Start();
    }

    /// <summary>A key that nobody else has.</summary>
    public ValueTask<SigningKey> TakeAsync(CancellationToken ct) => _ready.Reader.ReadAsync(ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        // A key under way may take longer than anybody wants to wait; its thread then still needs the token, and ends with the process.
        if (_maker.Join(TimeSpan.FromSeconds(2))) _stop.Dispose();
    }

    private void Make()
    {
        while (!_stop.IsCancellationRequested)
        {
            var key = SigningKey.Create(_keySize);
            while (!_ready.Writer.TryWrite(key))
            {
                if (_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50))) return;
            }
        }
    }
}
