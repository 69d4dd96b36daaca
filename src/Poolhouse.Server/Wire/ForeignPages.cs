using System.Net;

namespace Poolhouse.Server.Wire;

/// <summary>
/// Requests that a web page of another machine made this machine's browser send. What Development allows to whoever is on this
/// machine must not be allowed to every page that somebody on it visits.
/// </summary>
internal static class ForeignPages
{
    /// <summary>Whether the request names an origin, and not one of this machine. Command lines and servers name none.</summary>
    public static bool Sent(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return request.Headers["Sec-Fetch-Site"] == "cross-site";
        return !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !IsThisMachine(uri);
    }

    private static bool IsThisMachine(Uri origin) =>
        origin.IsLoopback || origin.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(origin.Host, out var address) && IPAddress.IsLoopback(address));
}
