namespace Poolhouse.Core.SigV4;

/// <summary>What of an HTTP request a signature covers.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">As on the request line, still percent-encoded; without the query.</param>
/// <param name="QueryString">As on the request line, without the question mark; empty when there is none.</param>
/// <param name="Headers">All headers in the order sent, one entry per line; names of any case.</param>
/// <param name="BodySha256">SHA-256 of the body as received, lower-case hex.</param>
public sealed record SignedRequest(
    string Method, string Path, string QueryString, IReadOnlyList<KeyValuePair<string, string>> Headers, string BodySha256)
{
    /// <summary>The header's value, values of repeated lines joined by commas; null when absent.</summary>
    /// <param name="name">Of any case.</param>
    public string? Header(string name)
    {
        string? found = null;
        foreach (var (key, value) in Headers)
        {
            if (!string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) continue;
            found = found is null ? Collapse(value) : found + "," + Collapse(value);
        }

        return found;
    }

    // "Trimall": white space at the ends removed, runs within made one space.
    private static string Collapse(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
