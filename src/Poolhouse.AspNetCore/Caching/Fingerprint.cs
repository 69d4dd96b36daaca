using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.AspNetCore.Caching;

/// <summary>
/// SHA-256 of a token or a cookie: what is remembered is remembered by it, so that caches hold no credentials. Two different texts
/// have two fingerprints, whatever an attacker does.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Fingerprint(UInt128 First, UInt128 Second)
{
    // Most tokens are shorter; the stack has room for a few of these.
    private const int UsualLength = 4096;

    /// <summary>The fingerprint, or null for text that isn't ASCII: no token or cookie is.</summary>
    public static Fingerprint? Of(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = text.Length <= UsualLength ? stackalloc byte[UsualLength] : new byte[text.Length];
        if (Ascii.FromUtf16(text, bytes, out var length) != OperationStatus.Done) return null;
        Span<UInt128> hash = stackalloc UInt128[2];
        SHA256.HashData(bytes[..length], MemoryMarshal.AsBytes(hash));
        return new Fingerprint(hash[0], hash[1]);
    }
}
