using System.Text.RegularExpressions;

namespace Poolhouse.Server.Telemetry;

/// <summary>
/// Takes out of a text what must not leave this machine. No message of this program has any of it; texts of exceptions, which drivers and the framework
/// write, may.
/// </summary>
internal static partial class Scrubbing
{
    // A session id or a token has 32 characters at least; names of generic methods may be as long, but have no digits beside each other.
    private const int ShortestSecret = 32;

    /// <summary>The text without addresses, phone numbers, tokens, passwords and what stands in queries.</summary>
    public static string Scrub(string text)
    {
        text = Assigned().Replace(text, "${name}=(secret)");
        text = Query().Replace(text, "${name}(value)");
        text = Address().Replace(text, "(address)");
        text = Phone().Replace(text, "(number)");
        return Opaque().Replace(text, static match => IsSecret(match.ValueSpan) ? "(secret)" : match.Value);
    }

    // Request ids are UUIDs and stay: they lead from an answer to its log.
    private static bool IsSecret(ReadOnlySpan<char> run) =>
        run.Length >= ShortestSecret && run.ContainsAnyInRange('0', '9') && !Guid.TryParseExact(run, "D", out _);

    // To the end of the setting: a password may have blanks.
    [GeneratedRegex(@"(?i)\b(?<name>password|pwd|secret|passphrase|api[-_]?key)\s*[=:]\s*[^;&\r\n]+", RegexOptions.NonBacktracking)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?<name>[?&][A-Za-z0-9_.\-]+=)[^\s&""'<>]+", RegexOptions.NonBacktracking)]
    private static partial Regex Query();

    [GeneratedRegex(@"[^\s@""'<>(),;:=]+@[^\s@""'<>(),;:=]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"\+[0-9]{7,15}", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();

    [GeneratedRegex(@"[A-Za-z0-9_\-+/=]{32,}(?:\.[A-Za-z0-9_\-]+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Opaque();
}
