using System.Security.Cryptography;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sealing;

/// <summary>
/// Encrypts what the database must not be able to read, by AES-256-GCM under keys the database does not have. Safe to share
/// between threads; make one per process.
/// </summary>
/// <param name="ring">The master keys.</param>
/// <param name="random">
/// Draws nonces. A repeatable source would repeat them, which ends GCM's secrecy: only for data that does not matter.
/// </param>
public sealed class Sealer(MasterKeyRing ring, IRandom random)
{
    /// <summary>Bytes that sealing adds: version 1, key id 4, nonce 12, tag 16.</summary>
    public const int Overhead = HeaderLength + PurposeKey.TagLength;

    private const byte Version = 1;
    private const int NonceStart = 1 + MasterKeyRing.KeyIdLength;
    private const int HeaderLength = NonceStart + PurposeKey.NonceLength;

    private readonly PurposeKeys[] keys = [.. Enum.GetValues<SealPurpose>().Select(purpose => new PurposeKeys(ring, purpose))];

    /// <summary>Seals under the current key: version, key id, nonce, ciphertext, tag.</summary>
    /// <param name="clear">What to hide; may be empty.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="context">
    /// What it belongs to, such as the row's id; not stored. A value copied to another row then does not open.
    /// </param>
    public byte[] Seal(ReadOnlySpan<byte> clear, SealPurpose purpose, ReadOnlySpan<byte> context)
    {
        var key = keys[(int)purpose].Current;
        var result = new byte[clear.Length + Overhead];
        result[0] = Version;
        key.Id.CopyTo(result, 1);
        var nonce = result.AsSpan(NonceStart, PurposeKey.NonceLength);
        random.Fill(nonce);
        key.Encrypt(nonce, clear, result.AsSpan(HeaderLength, clear.Length), result.AsSpan(^PurposeKey.TagLength..), context);
        return result;
    }

    /// <summary>
    /// Opens what <see cref="Seal"/> made under any key of the ring; false, and nothing in <paramref name="clear"/>, for anything
    /// else: altered, truncated, of another purpose or context, under an unknown key.
    /// </summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, SealPurpose purpose, ReadOnlySpan<byte> context, out byte[] clear)
    {
        clear = [];
        if (sealedBytes.Length < Overhead || sealedBytes[0] != Version) return false;
        if (keys[(int)purpose].Find(sealedBytes[1..NonceStart]) is not { } key) return false;

        var opened = new byte[sealedBytes.Length - Overhead];
        var nonce = sealedBytes[NonceStart..HeaderLength];
        var cipher = sealedBytes[HeaderLength..^PurposeKey.TagLength];
        if (!key.TryDecrypt(nonce, cipher, sealedBytes[^PurposeKey.TagLength..], opened, context)) return false;
        clear = opened;
        return true;
    }

    /// <summary>True when sealed under an older key than the current one: seal it anew when it is next written.</summary>
    public bool IsStale(ReadOnlySpan<byte> sealedBytes) =>
        sealedBytes.Length < Overhead || !sealedBytes[1..NonceStart].SequenceEqual(ring.Keys[0].Id);

    /// <summary>
    /// HMAC-SHA256 under a key of the purpose, 32 bytes: for short codes, whose plain hash could be reversed by trying them all.
    /// </summary>
    public byte[] Mac(SealPurpose purpose, ReadOnlySpan<byte> bytes) => keys[(int)purpose].Current.Mac(bytes);

    /// <summary>
    /// True when <paramref name="mac"/> is <see cref="Mac"/> of the bytes under any key of the ring. All keys are tried whatever
    /// the first says, so time tells only how many there are.
    /// </summary>
    public bool MacMatches(SealPurpose purpose, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mac)
    {
        var matches = false;
        foreach (var key in keys[(int)purpose].All) matches |= CryptographicOperations.FixedTimeEquals(key.Mac(bytes), mac);
        return matches;
    }
}
