using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Storage.Users;

/// <summary>Text as an index can hold it: a PostgreSQL index refuses rows beyond 2,704 bytes, and attributes reach 8,192.</summary>
internal static class IndexedText
{
    /// <summary>Characters that are indexed for search; what is longer is compared again after reading.</summary>
    public const int MaxLength = 256;

    /// <summary>The text itself, or a digest where it is too long; for what is only ever compared as a whole.</summary>
    public static string Whole(string text) => text.Length <= MaxLength
        ? text
        : "sha-256 " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The beginning of the text, never half a character.</summary>
    public static string Beginning(string text)
    {
        if (text.Length <= MaxLength) return text;
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>
    /// The first text beyond all that begin with the prefix, in the order of code points (which is that of UTF-8 bytes); null
    /// where nothing is: the prefix is empty or made of U+10FFFF only.
    /// </summary>
    public static string? EndOfPrefix(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == 0x10FFFF) runes.RemoveAt(runes.Count - 1);
        if (runes.Count == 0) return null;

        // Surrogates are no code points, so the range between them is stepped over.
        var next = runes[^1].Value == 0xD7FF ? 0xE000 : runes[^1].Value + 1;
        runes[^1] = new Rune(next);
        return string.Concat(runes);
    }
}
