namespace Poolhouse.Core.Users.Attributes;

/// <summary>E-mail addresses and phone numbers: what is accepted, and how they are shown to who may not see them.</summary>
public static class Addresses
{
    /// <summary>
    /// One address without display name, comment or quoting: RFC 5321 §2.3.11 narrowed to what mail systems deliver.
    /// Control characters are refused, which also keeps them out of mail headers.
    /// </summary>
    public static bool IsEmail(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at != value.LastIndexOf('@') || value.Length > 320 || at > 64) return false;
        foreach (var c in value)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '(' or ')' or '[' or ']' or ',' or ';' or ':' or '\\' or '"') return false;
            // Invisible characters make two addresses look alike (GHSA-7rqj-j65f-68wh).
            if (char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format) return false;
        }

        return IsUniform(value) && IsDomain(value.AsSpan(at + 1));
    }

    // Wide, narrow, circled or decomposed letters make a second address of one: mail systems and people read them alike (the @ among them).
    private static bool IsUniform(string value)
    {
        if (System.Text.Ascii.IsValid(value)) return true;
        try
        {
            return value.IsNormalized(System.Text.NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair is no character.
            return false;
        }
    }

    /// <summary>E.164 with its plus sign: up to 15 digits.</summary>
    public static bool IsPhoneNumber(string value)
    {
        if (value.Length is < 3 or > 16 || value[0] != '+' || value[1] == '0') return false;
        foreach (var c in value.AsSpan(1))
            if (!char.IsAsciiDigit(c)) return false;
        return true;
    }

    /// <summary>As Cognito shows an address in CodeDeliveryDetails: <c>j***@e***</c>, <c>+*******1234</c>.</summary>
    public static string Mask(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        if (at > 0) return $"{value[0]}***@{(at + 1 < value.Length ? value[at + 1] : '*')}***";
        return value.Length < 5 ? "****" : "+" + new string('*', value.Length - 5) + value[^4..];
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.Length is < 1 or > 255 || domain[0] is '.' or '-' || domain[^1] is '.' or '-') return false;
        for (var i = 1; i < domain.Length; i++)
            if (domain[i] == '.' && domain[i - 1] == '.') return false;
        return domain.Contains('.') || domain.SequenceEqual("localhost");
    }
}
