using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Poolhouse.Server.Objects;

/// <summary>Where objects are in an S3-compatible store: <c>s3://bucket/prefix?region=…&amp;endpoint=…</c>.</summary>
/// <param name="Base">The URL that an object's name is appended to; ends in a slash.</param>
/// <param name="Region">For signatures.</param>
internal sealed partial record S3Address(Uri Base, string Region)
{
    /// <summary>Reads an option; null for what is none.</summary>
    public static S3Address? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "s3" || uri.UserInfo.Length > 0) return null;
        var bucket = uri.Host;
        var prefix = uri.AbsolutePath.Trim('/');
        if (!Bucket().IsMatch(bucket) || !Prefix().IsMatch(prefix)) return null;
        var query = QueryHelpers.ParseQuery(uri.Query);
        if (query.Keys.Any(key => key is not ("endpoint" or "region"))) return null;
        var region = query.TryGetValue("region", out var given) ? given.ToString() : "us-east-1";
        if (!RegionName().IsMatch(region)) return null;
        // The bucket in the path: every S3-compatible store understands that, and the certificate then fits buckets with dots too.
        var endpoint = query.TryGetValue("endpoint", out var other) ? other.ToString() : $"https://s3.{region}.amazonaws.com";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.PathAndQuery != "/") return null;
        return new S3Address(new Uri(server, $"/{bucket}/{(prefix.Length == 0 ? "" : prefix + "/")}"), region);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex Bucket();

    // Characters that stand in a path as they are, and so in a signature.
    [GeneratedRegex("^(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Prefix();

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.NonBacktracking)]
    private static partial Regex RegionName();
}
