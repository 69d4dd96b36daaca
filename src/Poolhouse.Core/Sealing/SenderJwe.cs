using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sealing;

/// <summary>A code as a compact JWE (RFC 7516 §7.1) with <c>alg</c> dir and <c>enc</c> A256GCM; every JOSE library reads it.</summary>
public static class SenderJwe
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="keyId">The header's <c>kid</c>.</param>
    /// <param name="clear">What to hide.</param>
    /// <param name="random">For the nonce.</param>
    public static string Encrypt(byte[] key, string keyId, ReadOnlySpan<byte> clear, IRandom random)
    {
        var header = Base64Url.EncodeToString(Header(keyId));
        var nonce = random.Bytes(NonceLength);
        var cipher = new byte[clear.Length];
        var tag = new byte[TagLength];
        using var aes = new AesGcm(key, TagLength);
        // RFC 7516 §5.1 step 14: the additional data is the protected header as sent. Step 5: with dir the encrypted key is empty.
        aes.Encrypt(nonce, clear, cipher, tag, Encoding.ASCII.GetBytes(header));
        return string.Join('.', header, "", Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(cipher), Base64Url.EncodeToString(tag));
    }

    private static byte[] Header(string keyId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("alg"u8, "dir");
            json.WriteString("enc"u8, "A256GCM");
            json.WriteString("kid"u8, keyId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
