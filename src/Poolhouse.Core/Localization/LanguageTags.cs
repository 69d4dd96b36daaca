using System.Globalization;

namespace Poolhouse.Core.Localization;

/// <summary>The languages that texts exist in, and which of them a person gets.</summary>
public static class LanguageTags
{
    /// <summary>What everything falls back to.</summary>
    public const string Default = "en";

    /// <summary>Sorted. Arabic is written from right to left.</summary>
    public static IReadOnlyList<string> All { get; } = ["ar", "de", "en", "es", "fr", "ja", "pt"];

    /// <summary>The language of a tag such as <c>de-AT</c> or <c>en_US</c>: that of its first part; null where there are no texts in it.</summary>
    public static string? Find(string? tag)
    {
        if (string.IsNullOrEmpty(tag)) return null;
        // OIDC Core §5.1: some implementations write an underscore into locale.
        var end = tag.AsSpan().IndexOfAny('-', '_');
        var primary = end < 0 ? tag : tag[..end];
        foreach (var known in All)
            if (string.Equals(known, primary, StringComparison.OrdinalIgnoreCase)) return known;
        return null;
    }

    /// <summary>The best language of an <c>Accept-Language</c> header (RFC 9110 §12.5.4); the default where it names none of ours.</summary>
    public static string Negotiate(string? acceptLanguage)
    {
        var (best, weight) = (Default, 0.0);
        if (string.IsNullOrEmpty(acceptLanguage) || acceptLanguage.Length > 1000) return best;
        foreach (var range in acceptLanguage.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var quality = 1.0;
            if (parts.Length > 1 && (!parts[1].StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                || !double.TryParse(parts[1].AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality))) continue;
            if (quality > weight && Find(parts[0]) is { } language) (best, weight) = (language, quality);
        }

        return best;
    }
}
