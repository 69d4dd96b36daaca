namespace Poolhouse.Core.Identities.Access;

/// <summary>Patterns of IAM: <c>*</c> is any text, also none; <c>?</c> is one character (IAM user guide, "Wildcards in JSON policies").</summary>
internal static class Wildcards
{
    /// <summary>Whether the whole text is of the pattern. Takes time in proportion to the lengths' product at most.</summary>
    public static bool Match(string pattern, string text, bool ignoresCase)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], ignoresCase)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool Same(char a, char b, bool ignoresCase) => a == b || (ignoresCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
