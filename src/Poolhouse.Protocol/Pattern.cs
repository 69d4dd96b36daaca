using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Poolhouse.Protocol;

/// <summary>A pattern of the service model, matched as the service does: whole string, Java's classes, code points.</summary>
public sealed partial class Pattern(string text)
{
    // Only look-around needs the fallback; the service's own patterns of that kind take linear time.
    private static readonly TimeSpan FallbackTimeout = TimeSpan.FromMilliseconds(100);

    private readonly Lazy<Regex> _regex = new(() => Compile(text));

    private readonly Lazy<SearchValues<char>?> _repeated = new(() => RepeatedAscii(text));

    /// <summary>As the model writes it, which is how messages repeat it.</summary>
    public string Text { get; } = text;

    /// <summary>Whether the whole value matches.</summary>
    public bool Matches(string value)
    {
        // Nearly every pattern of the model is one class, repeated, and nearly every value is ASCII: then no automaton is needed.
        if (_repeated.Value is { } members && value.Length > 0 && !value.AsSpan().ContainsAnyExcept(members))
            return true;
        try
        {
            return _regex.Value.IsMatch(ByCodePoint(value));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Compile(string text)
    {
        var whole = $@"\A(?:{Translate(text)})\z";
        try
        {
            return new Regex(whole, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(whole, RegexOptions.CultureInvariant, FallbackTimeout);
        }
    }

    /// <summary>
    /// The ASCII characters of a pattern that is one class and a plus or an asterisk, otherwise null. The pattern itself is asked
    /// about each: what it says of one character it says of any number of them.
    /// </summary>
    private static SearchValues<char>? RepeatedAscii(string text)
    {
        if (!OneClass().IsMatch(text))
            return null;
        var regex = Compile(text);
        return SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => regex.IsMatch(c.ToString()))]);
    }

    [GeneratedRegex(@"\A\^?\[(?:\\.|[^\[\]\\])+\][+*]\$?\z", RegexOptions.NonBacktracking)]
    private static partial Regex OneClass();

    /// <summary>Java's <c>\w \d \s \S</c> are ASCII and its dot stops at every line end; .NET's are wider or narrower.</summary>
    private static string Translate(string text)
    {
        var dotIsAny = text.StartsWith("(?s)", StringComparison.Ordinal);
        var isInClass = false;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                var members = ClassOf(text[++i]);
                result.Append(members is null ? $"\\{text[i]}" : isInClass ? members : $"[{members}]");
                continue;
            }
            isInClass = c == '[' || (isInClass && c != ']');
            result.Append(c == '.' && !isInClass && !dotIsAny ? @"[^\n\r\u0085\u2028\u2029]" : c.ToString());
        }
        return result.ToString();
    }

    // The underscore comes first: [\w-.] would otherwise become a range from it.
    private static string? ClassOf(char escape) => escape switch
    {
        'w' => "_A-Za-z0-9",
        'd' => "0-9",
        's' => @" \t\n\x0B\f\r",
        'S' => @"\x00-\x08\x0E-\x1F\x21-\uFFFF",
        _ => null,
    };

    /// <summary>
    /// .NET matches UTF-16 units, so <c>\p{L}</c> would refuse a name written with 𠮷. Each code point beyond the first plane
    /// is replaced by one character of the same general category, chosen outside ASCII so that no range names it.
    /// </summary>
    private static string ByCodePoint(string value)
    {
        if (!value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return value;
        var result = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
            result.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
        return result.ToString();
    }

    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u00C0',
        UnicodeCategory.LowercaseLetter => '\u00DF',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u00AA',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00B2',
        UnicodeCategory.DashPunctuation => '\u2010',
        UnicodeCategory.OtherPunctuation => '\u00A1',
        UnicodeCategory.MathSymbol => '\u00AC',
        UnicodeCategory.CurrencySymbol => '\u00A3',
        UnicodeCategory.ModifierSymbol => '\u00A8',
        UnicodeCategory.OtherSymbol => '\u00A9',
        UnicodeCategory.Format => '\u00AD',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\u0378',
    };
}
