using System.Security.Cryptography;

namespace Poolhouse.Core.Primitives;

#pragma warning disable RS0030 // This is the one place where the system's generator enters.
/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemRandom : IRandom
{
    // What a request needs is mostly 16 bytes for an id, and asking for them costs the same lock and calls as for a few hundred.
    private const int Ahead = 512;

    [ThreadStatic]
    private static byte[]? _ahead;

    [ThreadStatic]
    private static int _left;

    /// <inheritdoc/>
    public void Fill(Span<byte> bytes)
    {
        if (bytes.Length > Ahead / 8)
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        var ahead = _ahead ??= new byte[Ahead];
        if (_left < bytes.Length)
        {
            RandomNumberGenerator.Fill(ahead);
            _left = Ahead;
        }

        // Taken from the end and wiped, so that what was handed out is nowhere else.
        var taken = ahead.AsSpan(_left - bytes.Length, bytes.Length);
        taken.CopyTo(bytes);
        taken.Clear();
        _left -= bytes.Length;
    }

    /// <inheritdoc/>
    public int Next(int exclusiveMax) => RandomNumberGenerator.GetInt32(exclusiveMax);
}
