using Microsoft.Extensions.Options;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Account.Sessions;

/// <summary>
/// Whether a request that a cookie rides on was meant: browsers say where it comes from, and pages cannot make them say otherwise. SameSite
/// alone lets through the other hosts and ports of the same site.
/// </summary>
internal sealed class CrossOrigin
{
    private readonly HashSet<string> _own;

    public CrossOrigin(IOptions<ServerOptions> options)
    {
        _own = new HashSet<string>(options.Value.AllowedOrigins.Where(origin => origin != "*"), StringComparer.OrdinalIgnoreCase);
        foreach (var url in options.Value.Urls.Split(';').Append(options.Value.PublicUrl))
            if (Uri.TryCreate(url, UriKind.Absolute, out var uri)) _own.Add(uri.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>
    /// True for requests that change nothing, and for others where they come from a page of this server or of an allowed origin. A star among the
    /// allowed origins allows none here. A request that says nothing of either is from no browser (all have sent <c>Origin</c> with every method
    /// but GET and HEAD for years), and nobody else can make a browser's cookie ride on it.
    /// </summary>
    public bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return true;
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        if (origin.Count > 1 || site.Count > 1) return false;
        // W3C Fetch Metadata §2.3: none is the person's own doing, such as an address typed in.
        if (site.Count == 1 && site[0] is "same-origin" or "none") return true;
        return origin.Count == 1 ? _own.Contains(origin[0]!) : site.Count == 0;
    }
}
