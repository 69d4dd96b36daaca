using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Sealing;

/// <summary>What one master key becomes for one purpose: a key that seals and a key that authenticates, independent of each other.</summary>
internal sealed class PurposeKey
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    private readonly byte[] sealingKey;
    private readonly byte[] macKey;

    // AesGcm promises nothing about use by two threads at once, and making one costs more than sealing a short value.
    private readonly ConcurrentBag<AesGcm> idle = [];

    public PurposeKey(MasterKey master, SealPurpose purpose)
    {
        Id = master.Id;

        // RFC 5869. The master key is uniformly random, so no salt is needed (§3.1); the label separates the uses (§3.2).
        sealingKey = Derive(master, $"poolhouse seal {purpose}");
        macKey = Derive(master, $"poolhouse mac {purpose}");
    }

    /// <summary>The master key's id.</summary>
    public byte[] Id { get; }

    // Nonces are random, so one key should seal at most 2^32 values (NIST SP 800-38D §8.3): per purpose and master key, which
    // rotation renews.
    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> clear, Span<byte> cipher, Span<byte> tag, ReadOnlySpan<byte> context)
    {
        var aes = Rent();
        aes.Encrypt(nonce, clear, cipher, tag, context);
        idle.Add(aes);
    }

    public bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> clear, ReadOnlySpan<byte> context)
    {
        var aes = Rent();
        try
        {
            aes.Decrypt(nonce, cipher, tag, clear, context);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            idle.Add(aes);
        }
    }

    public byte[] Mac(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(macKey, bytes);

    private AesGcm Rent() => idle.TryTake(out var aes) ? aes : new AesGcm(sealingKey, TagLength);

    private static byte[] Derive(MasterKey master, string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Value, MasterKeyRing.KeyLength, salt: [], Encoding.ASCII.GetBytes(label));
}
