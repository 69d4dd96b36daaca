using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Core.Accounts;

/// <summary>
/// The name a person chooses within an application: 3–30 letters, digits, dots, hyphens and underscores of ASCII, a letter or digit at both ends.
/// Nothing else, so that no two names look alike: zero-width characters and letters of other scripts have made second "admin"s elsewhere.
/// </summary>
/// <param name="Text">As written; full-width letters as plain ones.</param>
/// <param name="Key">In lower case: what is unique.</param>
public readonly partial record struct AccountUsername(string Text, string Key)
{
    // NFKC makes a name shorter at most by what it is made of; nothing this long can become one.
    private const int LongestInput = 120;

    /// <summary>Reads one; null for what is none.</summary>
    public static AccountUsername? TryRead(string? text)
    {
        if (text is null or { Length: > LongestInput } || text.Any(char.IsSurrogate)) return null;
        var plain = text.Normalize(NormalizationForm.FormKC);
        return Form().IsMatch(plain) ? new AccountUsername(plain, plain.ToLowerInvariant()) : null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{1,28}[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
