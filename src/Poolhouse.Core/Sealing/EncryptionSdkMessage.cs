using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sealing;

/// <summary>
/// The AWS Encryption SDK's message format, version 2, with algorithm suite 0x0478 (AES-256-GCM, HKDF-SHA-512, key commitment, no
/// signature), one frame, and one data key wrapped by a raw AES keyring. Source: AWS Encryption SDK Developer Guide, "Message format
/// reference" and "Body AAD reference"; the official client reads it in tests/Poolhouse.Conformance.
/// </summary>
public static class EncryptionSdkMessage
{
    /// <summary>The raw AES keyring's key namespace: whoever decrypts names the same.</summary>
    public const string KeyNamespace = "poolhouse";

    private const int KeyLength = 32;
    private const int MessageIdLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int FrameLength = 4096;
    private const uint FirstFrame = 1;
    private static readonly byte[] Suite = [0x04, 0x78];

    /// <summary>Encrypts a short text.</summary>
    /// <param name="wrappingKey">32 bytes.</param>
    /// <param name="keyName">The keyring's key name.</param>
    /// <param name="context">One pair of encryption context.</param>
    /// <param name="clear">At most 4,096 bytes: one frame.</param>
    /// <param name="random">For data key, message id and nonce.</param>
    public static byte[] Encrypt(byte[] wrappingKey, string keyName, (string Name, string Value) context, ReadOnlySpan<byte> clear, IRandom random)
    {
        if (clear.Length > FrameLength) throw new ArgumentException("A code has one frame at most.", nameof(clear));
        var dataKey = random.Bytes(KeyLength);
        var messageId = random.Bytes(MessageIdLength);
        var pairs = Pairs(context);
        var commitment = HKDF.DeriveKey(HashAlgorithmName.SHA512, dataKey, KeyLength, messageId, "COMMITKEY"u8.ToArray());
        var messageKey = HKDF.DeriveKey(HashAlgorithmName.SHA512, dataKey, KeyLength, messageId, [.. Suite, .. "DERIVEKEY"u8]);

        using var output = new MemoryStream();
        // Header: version, suite, message id, encryption context, one encrypted data key, framed content, frame length, commitment.
        output.Write([0x02, .. Suite, .. messageId]);
        WriteBlock(output, pairs);
        WriteShort(output, 1);
        WriteBlock(output, Encoding.UTF8.GetBytes(KeyNamespace));
        var nonce = random.Bytes(NonceLength);
        WriteBlock(output, [.. Encoding.UTF8.GetBytes(keyName), .. Int(TagLength * 8), .. Int(NonceLength), .. nonce]);
        WriteBlock(output, Seal(wrappingKey, nonce, dataKey, pairs));
        output.WriteByte(0x02);
        output.Write(Int(FrameLength));
        output.Write(commitment);
        // Header authentication: the tag over the header so far, with the nonce zero (version 2).
        output.Write(Seal(messageKey, new byte[NonceLength], [], output.ToArray()));

        // Body: the final frame. Its nonce is its sequence number, which occurs once under this key.
        byte[] sequence = [.. new byte[NonceLength - sizeof(uint)], .. Int((int)FirstFrame)];
        byte[] aad = [.. messageId, .. "AWSKMSEncryptionClient Final Frame"u8, .. Int((int)FirstFrame), .. new byte[sizeof(int)], .. Int(clear.Length)];
        output.Write([0xFF, 0xFF, 0xFF, 0xFF]);
        output.Write(Int((int)FirstFrame));
        output.Write(sequence);
        output.Write(Int(clear.Length));
        output.Write(Seal(messageKey, sequence, clear, aad));
        return output.ToArray();
    }

    private static byte[] Seal(byte[] key, byte[] nonce, ReadOnlySpan<byte> clear, byte[] aad)
    {
        using var aes = new AesGcm(key, TagLength);
        var result = new byte[clear.Length + TagLength];
        aes.Encrypt(nonce, clear, result.AsSpan(0, clear.Length), result.AsSpan(clear.Length), aad);
        return result;
    }

    // A count, then each name and value with its length; also the additional data of the wrapped key.
    private static byte[] Pairs((string Name, string Value) context)
    {
        using var output = new MemoryStream();
        WriteShort(output, 1);
        WriteBlock(output, Encoding.UTF8.GetBytes(context.Name));
        WriteBlock(output, Encoding.UTF8.GetBytes(context.Value));
        return output.ToArray();
    }

    private static void WriteBlock(MemoryStream output, byte[] bytes)
    {
        WriteShort(output, checked((ushort)bytes.Length));
        output.Write(bytes);
    }

    private static void WriteShort(MemoryStream output, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        output.Write(bytes);
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
