using Microsoft.AspNetCore.Http;

namespace Poolhouse.AspNetCore.Sessions;

/// <summary>
/// Whether a request that carries the cookie comes from a page that may send it: browsers add cookies to what any page makes them send
/// (OWASP Cross-Site Request Forgery Prevention, "Fetch Metadata headers" and "Verifying Origin"). <c>SameSite=Strict</c> alone lets
/// neighbouring subdomains through.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>True for requests that change nothing, for those of allowed origins, and for those of programs that are no browsers.</summary>
    public static bool IsAllowed(HttpRequest request, ISet<string> allowed)
    {
        if (!ChangesState(request)) return true;
        var origins = request.Headers.Origin;
        if (origins.Count > 1) return false;
        var origin = origins.Count == 1 ? origins[0] : null;
        if (origin is not null && allowed.Contains(origin)) return true;

        // The browser's own word, which no proxy in between changes. "none" is the person at the address bar.
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site.Count == 1 && (site[0] is "same-origin" or "none");

        // Every browser sends Origin with what another origin's page makes it send (Fetch §3.2); without both it is no browser.
        if (origins.Count == 0) return true;
        return string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    // A WebSocket is opened by GET, and is then as good as any POST.
    private static bool ChangesState(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
        || request.Headers.Upgrade.Count > 0;
}
