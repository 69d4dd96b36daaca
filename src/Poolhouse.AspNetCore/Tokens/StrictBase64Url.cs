using System.Buffers;
using System.Buffers.Text;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>
/// Base64url without padding, white space or stray bits (RFC 7515 §2): one text per value, so that one token can't be written in two
/// ways. The base library's decoder is more lenient.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes; null for text that is empty or not in the one right form.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done) return null;
        Array.Resize(ref bytes, length);

        // The last character may carry bits beyond the last byte (RFC 4648 §3.5); they must be zero.
        var tail = bytes.AsSpan((bytes.Length - 1) / 3 * 3);
        return Base64Url.EncodeToString(tail)[^1] == text[^1] ? bytes : null;
    }
}
