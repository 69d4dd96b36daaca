using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// Reads what a custom sender gets, from the format's description alone: AWS Encryption SDK Developer Guide, "Message format
/// reference" (version 2, suite 0x0478), with a raw AES keyring.
/// </summary>
internal static class EncryptionSdkReader
{
    public static (string Text, Dictionary<string, string> Context, string KeyName) Read(byte[] message, byte[] key, string keyNamespace)
    {
        var at = 0;
        Take(1).ShouldBe([0x02]);
        Take(2).ShouldBe([0x04, 0x78]);
        var messageId = Take(32);
        var pairs = Block();
        Number(2).ShouldBe(1u);
        Encoding.UTF8.GetString(Block()).ShouldBe(keyNamespace);
        var info = Block();
        var wrapped = Block();
        Take(1).ShouldBe([0x02]);
        Number(4).ShouldBeGreaterThan(0u);
        var commitment = Take(32);
        var header = message[..at];
        var headerTag = Take(16);

        BinaryPrimitives.ReadInt32BigEndian(info.AsSpan(info.Length - 20)).ShouldBe(128);
        BinaryPrimitives.ReadInt32BigEndian(info.AsSpan(info.Length - 16)).ShouldBe(12);
        var dataKey = Open(key, info[^12..], wrapped[..^16], wrapped[^16..], pairs);
        HKDF.DeriveKey(HashAlgorithmName.SHA512, dataKey, 32, messageId, "COMMITKEY"u8.ToArray()).ShouldBe(commitment);
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA512, dataKey, 32, messageId, [0x04, 0x78, .. "DERIVEKEY"u8]);
        Open(derived, new byte[12], [], headerTag, header).ShouldBeEmpty();

        Number(4).ShouldBe(uint.MaxValue);
        var sequence = Take(4);
        var nonce = Take(12);
        var length = Take(4);
        var cipher = Take((int)BinaryPrimitives.ReadUInt32BigEndian(length));
        var tag = Take(16);
        at.ShouldBe(message.Length);
        byte[] aad = [.. messageId, .. "AWSKMSEncryptionClient Final Frame"u8, .. sequence, 0, 0, 0, 0, .. length];
        return (Encoding.UTF8.GetString(Open(derived, nonce, cipher, tag, aad)), Context(pairs), Encoding.UTF8.GetString(info[..^20]));

        byte[] Take(int count) => message[at..(at += count)];
        uint Number(int count) => Take(count).Aggregate(0u, (sum, b) => (sum << 8) | b);
        byte[] Block() => Take((int)Number(2));
    }

    private static Dictionary<string, string> Context(byte[] pairs)
    {
        var result = new Dictionary<string, string>();
        var at = 2;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(pairs); left > 0; left--) result.Add(Text(), Text());
        return result;

        string Text()
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(pairs.AsSpan(at));
            at += 2 + length;
            return Encoding.UTF8.GetString(pairs, at - length, length);
        }
    }

    private static byte[] Open(byte[] key, byte[] nonce, byte[] cipher, byte[] tag, byte[] aad)
    {
        using var aes = new AesGcm(key, 16);
        var clear = new byte[cipher.Length];
        aes.Decrypt(nonce, cipher, tag, clear, aad);
        return clear;
    }
}
