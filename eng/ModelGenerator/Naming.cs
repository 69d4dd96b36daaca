using System.Text;

namespace Poolhouse.ModelGenerator;

/// <summary>C# names for the wire's names.</summary>
internal static class Naming
{
    public static string Property(string wireName) => char.ToUpperInvariant(wireName[0]) + wireName[1..];

    /// <summary><c>USER_SRP_AUTH</c> is <c>UserSrpAuth</c>, <c>client_credentials</c> is <c>ClientCredentials</c>, <c>V1_0</c> stays.</summary>
    public static string Constant(string value)
    {
        var name = new StringBuilder();
        foreach (var word in value.Split(['_', '-', '.', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.Length > 0 && char.IsAsciiDigit(name[^1]) && char.IsAsciiDigit(word[0]))
                name.Append('_');
            var isUpper = word.Length > 1 && !word.Any(char.IsAsciiLetterLower);
            name.Append(char.ToUpperInvariant(word[0])).Append(isUpper ? word[1..].ToLowerInvariant() : word[1..]);
        }
        return name.ToString();
    }

    /// <summary><c>AuthFlowType</c> is <c>AuthFlowValues</c>; the full name is kept when the short one is a second enumeration's.</summary>
    public static string EnumClass(string shape, IReadOnlySet<string> enums)
    {
        var isShort = shape.EndsWith("Type", StringComparison.Ordinal) && !enums.Contains(shape[..^4]);
        return (isShort ? shape[..^4] : shape) + "Values";
    }

    /// <summary>The leading word of an operation, which groups it with its kind: <c>Admin</c>, <c>Create</c>, <c>List</c> …</summary>
    public static string FirstWord(string operation)
    {
        var end = 1;
        while (end < operation.Length && !char.IsAsciiLetterUpper(operation[end]))
            end++;
        return operation[..end];
    }

    public static string Literal(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
