using System.Buffers;
using System.Text;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>What a filter's text says.</summary>
public abstract record UserFilterOutcome
{
    private UserFilterOutcome() { }

    /// <summary>It is empty: every user.</summary>
    public sealed record Everybody : UserFilterOutcome;

    /// <summary>The users with that value.</summary>
    public sealed record Some(UserFilter Filter) : UserFilterOutcome;

    /// <summary>It is not of the form.</summary>
    public sealed record Malformed : UserFilterOutcome;

    /// <summary>It is of the form, but what it names can't be searched.</summary>
    public sealed record NotSearchable(string Attribute) : UserFilterOutcome;
}

/// <summary>
/// API_ListUsers.Filter: <c>attribute = "value"</c> or <c>attribute ^= "value"</c>, spaces where one likes; within the value a
/// backslash stands before a quotation mark or another backslash.
/// </summary>
public static class UserFilterParser
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:-.");

    /// <summary>Reads a filter; any text has an outcome.</summary>
    public static UserFilterOutcome Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return new UserFilterOutcome.Everybody();
        var length = rest.IndexOfAnyExcept(NameCharacters);
        if (length <= 0) return new UserFilterOutcome.Malformed();
        var attribute = rest[..length].ToString();
        rest = rest[length..].TrimStart();
        var isPrefix = rest.StartsWith("^");
        if (isPrefix) rest = rest[1..];
        if (!rest.StartsWith("=")) return new UserFilterOutcome.Malformed();
        if (Unquote(rest[1..].TrimStart()) is not { } value) return new UserFilterOutcome.Malformed();
        return UserFilter.Searchable.Contains(attribute)
            ? new UserFilterOutcome.Some(new UserFilter(attribute, Canonical(attribute, value), isPrefix))
            : new UserFilterOutcome.NotSearchable(attribute);
    }

    /// <summary>The text between quotation marks, or null where they are not the first and last characters.</summary>
    private static string? Unquote(ReadOnlySpan<char> quoted)
    {
        if (quoted.Length < 2 || quoted[0] != '"') return null;
        var value = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length; i++)
        {
            switch (quoted[i])
            {
                case '"':
                    return i == quoted.Length - 1 ? value.ToString() : null;
                case '\\' when i + 1 < quoted.Length && quoted[i + 1] is '"' or '\\':
                    value.Append(quoted[++i]);
                    break;
                // No stored value has it, and PostgreSQL takes no text with it.
                case '\0':
                    return null;
                default:
                    value.Append(quoted[i]);
                    break;
            }
        }

        return null;
    }

    // The two statuses are words of the server's own, compared whatever their case; so is the beginning of one.
    private static string Canonical(string attribute, string value) => attribute switch
    {
        "cognito:user_status" => value.ToUpperInvariant(),
        "status" when value.Length > 0 => char.ToUpperInvariant(value[0]) + value[1..].ToLowerInvariant(),
        _ => value,
    };
}
