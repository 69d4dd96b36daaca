using System.Globalization;

namespace Poolhouse.Core.Passwords;

/// <summary>
/// A stored hash in the PHC string format: <c>$pbkdf2-sha512$i=220000$salt$hash</c>, base64 without padding.
/// https://github.com/P-H-C/phc-string-format
/// </summary>
internal sealed record PasswordPhc(int Iterations, byte[] Salt, byte[] Hash)
{
    // A row that someone managed to write must not be able to keep a hashing thread busy for minutes.
    public const int MaxIterations = 2_000_000;

    private const string Algorithm = "pbkdf2-sha512";
    private const int MaxLength = 256;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"${Algorithm}$i={Iterations}${Encode(Salt)}${Encode(Hash)}");

    /// <summary>Null for anything that is not exactly this format, or whose numbers are out of bounds.</summary>
    public static PasswordPhc? TryParse(string? phc)
    {
        if (phc is not { Length: > 0 and <= MaxLength }) return null;
        var parts = phc.Split('$');
        if (parts.Length != 5 || parts[0].Length != 0 || parts[1] != Algorithm) return null;
        if (!parts[2].StartsWith("i=", StringComparison.Ordinal)) return null;
        if (!int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return null;
        if (iterations is < 1 or > MaxIterations) return null;

        return Decode(parts[3]) is { Length: >= 8 and <= 64 } salt && Decode(parts[4]) is { Length: >= 32 and <= 64 } hash
            ? new PasswordPhc(iterations, salt, hash)
            : null;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        if (text.Length is 0 or > 100 || text.Length % 4 == 1 || text.Contains('=', StringComparison.Ordinal)) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text + new string('=', (4 - (text.Length % 4)) % 4), bytes, out var count)
            ? bytes[..count]
            : null;
    }
}
