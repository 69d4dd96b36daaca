using System.Text.RegularExpressions;
using System.Web;

namespace Poolhouse.Amazon.S3;

/// <summary>Where objects are in an S3-compatible store: <c>s3://bucket/prefix?region=…&amp;endpoint=…</c>.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Prefix">Before an object's name; empty, or ends in a slash.</param>
/// <param name="Endpoint">The server's base URL.</param>
/// <param name="Region">For signatures.</param>
public sealed partial record S3Address(string Bucket, string Prefix, Uri Endpoint, string Region)
{
    /// <summary>Reads an option; null for what is none.</summary>
    public static S3Address? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "s3" || uri.UserInfo.Length > 0) return null;
        var bucket = uri.Host;
        var prefix = uri.AbsolutePath.Trim('/');
        if (!BucketName().IsMatch(bucket) || !PrefixText().IsMatch(prefix)) return null;
        var query = HttpUtility.ParseQueryString(uri.Query);
        if (query.AllKeys.Any(key => key is not ("endpoint" or "region"))) return null;
        var region = query["region"] ?? "us-east-1";
        if (!RegionName().IsMatch(region)) return null;
        var endpoint = query["endpoint"] ?? $"https://s3.{region}.amazonaws.com";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.PathAndQuery != "/") return null;
        return new S3Address(bucket, prefix.Length == 0 ? "" : prefix + "/", server, region);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex BucketName();

    [GeneratedRegex("^(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex PrefixText();

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex RegionName();
}
