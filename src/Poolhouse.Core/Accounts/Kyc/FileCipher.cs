using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>
/// Files under a key of their own: AES-256-GCM in chunks of 64 KiB. A chunk's nonce is its index, which occurs once under that key; index and whether
/// it is the last are authenticated, so that a file that was cut, extended or put in another order doesn't open (the STREAM construction of
/// Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Whoever erases the key has erased the file, copies and back-ups of it too.
/// </summary>
public static class FileCipher
{
    /// <summary>Bytes of a data key.</summary>
    public const int KeyLength = 32;

    private const int Chunk = 64 * 1024;
    private const int Nonce = 12;
    private const int Tag = 16;
    private const byte Version = 1;

    /// <summary>Version, then each chunk's cipher text and tag. An empty file has one empty chunk.</summary>
    /// <param name="clear">The file.</param>
    /// <param name="key">32 random bytes, used for this file only.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> key)
    {
        var chunks = Math.Max(1, (clear.Length + Chunk - 1) / Chunk);
        var result = new byte[1 + clear.Length + (chunks * Tag)];
        result[0] = Version;
        var output = result.AsSpan(1);
        Span<byte> nonce = stackalloc byte[Nonce], bound = stackalloc byte[Nonce];
        using var aes = new AesGcm(key, Tag);
        for (var i = 0; i < chunks; i++)
        {
            var part = clear[..Math.Min(Chunk, clear.Length)];
            clear = clear[part.Length..];
            Bind(i, i == chunks - 1, nonce, bound);
            aes.Encrypt(nonce, part, output[..part.Length], output.Slice(part.Length, Tag), bound);
            output = output[(part.Length + Tag)..];
        }

        return result;
    }

    /// <summary>The file; null when it isn't one that <see cref="Encrypt"/> made under this key, whole and in order.</summary>
    public static byte[]? Decrypt(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        if (file.Length < 1 + Tag || file[0] != Version) return null;
        file = file[1..];
        var chunks = (file.Length + Chunk + Tag - 1) / (Chunk + Tag);
        if (file.Length < chunks * Tag) return null;
        var result = new byte[file.Length - (chunks * Tag)];
        var output = result.AsSpan();
        Span<byte> nonce = stackalloc byte[Nonce], bound = stackalloc byte[Nonce];
        using var aes = new AesGcm(key, Tag);
        for (var i = 0; i < chunks; i++)
        {
            var part = file[..Math.Min(Chunk + Tag, file.Length)];
            file = file[part.Length..];
            if (part.Length < Tag) return null;
            Bind(i, i == chunks - 1, nonce, bound);
            try
            {
                aes.Decrypt(nonce, part[..^Tag], part[^Tag..], output[..(part.Length - Tag)], bound);
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }

            output = output[(part.Length - Tag)..];
        }

        return result;
    }

    private static void Bind(int index, bool isLast, Span<byte> nonce, Span<byte> bound)
    {
        BinaryPrimitives.WriteInt32BigEndian(nonce[^4..], index);
        BinaryPrimitives.WriteInt32BigEndian(bound, index);
        bound[4] = isLast ? (byte)1 : (byte)0;
    }
}
