using System.Buffers;
using System.Buffers.Text;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>
/// Base64url without padding, white space or stray bits (RFC 7515 §2 and appendix C): one text per value. The base library's
/// decoder is more lenient, and two texts for one token would slip past lists of revoked ones.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>False, and an empty array, for text that is not in the one right form.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet)) return false;
        var decoded = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, decoded, out _, out var written) != OperationStatus.Done) return false;
        bytes = decoded[..written];

        // The last character may carry bits beyond the last byte (RFC 4648 §3.5); they must be zero.
        return text.IsEmpty || Base64Url.EncodeToString(bytes.AsSpan(written - ((written - 1) % 3) - 1))[^1] == text[^1];
    }
}
