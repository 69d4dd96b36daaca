using System.Globalization;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// The parts of a hash in the PHC string format, <c>$id$v=…$name=number,…$salt$hash</c>, base64 without padding.
/// https://github.com/P-H-C/phc-string-format
/// </summary>
/// <param name="Version">The number after <c>v=</c>; null where there is none.</param>
/// <param name="Parameters">What stands between version and salt.</param>
/// <param name="Salt">8–64 bytes.</param>
/// <param name="Hash">16–64 bytes.</param>
internal sealed record PhcText(int? Version, string Parameters, byte[] Salt, byte[] Hash)
{
    /// <summary>The parts, or null where the text has another id or isn't of the form.</summary>
    public static PhcText? TryParse(string text, string id)
    {
        var parts = text.Split('$');
        if (parts.Length is not (5 or 6) || parts[0].Length != 0 || parts[1] != id) return null;
        int? version = null;
        if (parts.Length == 6)
        {
            if (!parts[2].StartsWith("v=", StringComparison.Ordinal) || Number(parts[2].AsSpan(2)) is not { } given) return null;
            version = given;
        }

        return Decode(parts[^2]) is { Length: >= 8 and <= 64 } salt && Decode(parts[^1]) is { Length: >= 16 and <= 64 } hash
            ? new PhcText(version, parts[^3], salt, hash)
            : null;
    }

    /// <summary>The numbers of exactly these parameters in this order, or null.</summary>
    public int[]? Numbers(params ReadOnlySpan<string> names)
    {
        var given = Parameters.Split(',');
        if (given.Length != names.Length) return null;
        var numbers = new int[names.Length];
        for (var i = 0; i < given.Length; i++)
        {
            if (!given[i].StartsWith(names[i] + "=", StringComparison.Ordinal)) return null;
            if (Number(given[i].AsSpan(names[i].Length + 1)) is not { } number) return null;
            numbers[i] = number;
        }

        return numbers;
    }

    /// <summary>A number without sign, or null.</summary>
    public static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static byte[]? Decode(string text)
    {
        if (text.Length is 0 or > 88 || text.Length % 4 == 1 || text.Contains('=', StringComparison.Ordinal)) return null;
        var bytes = new byte[text.Length];
        // passlib writes '.' for '+'.
        var padded = text.Replace('.', '+') + new string('=', (4 - (text.Length % 4)) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var count) ? bytes[..count] : null;
    }
}
