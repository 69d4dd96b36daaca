using System.Globalization;

namespace Poolhouse.Messaging.Templates;

/// <summary>Text that ends up in a mail header.</summary>
internal static class HeaderText
{
    /// <summary>
    /// One line: every character that some mail program may take for the end of a line becomes a space, and so does every
    /// other control character. RFC 5322 §2.2 forbids CR and LF; U+0085, U+2028 and U+2029 are line ends to Unicode.
    /// </summary>
    public static string OneLine(string text) =>
        text.Any(IsBreaking) ? string.Concat(text.Select(c => IsBreaking(c) ? ' ' : c)).Trim() : text;

    /// <summary>Whether the text holds nothing that <see cref="OneLine"/> would replace.</summary>
    public static bool IsOneLine(string text) => !text.Any(IsBreaking);

    private static bool IsBreaking(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
