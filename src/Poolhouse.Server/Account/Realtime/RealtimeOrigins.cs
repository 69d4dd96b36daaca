using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>
/// Whose pages may open a WebSocket: this server's own, and those that AllowedOrigins names one by one. Browsers always say where a page is from;
/// who says nothing is no browser.
/// </summary>
internal sealed class RealtimeOrigins
{
    private readonly HashSet<string> _allowed = new(StringComparer.OrdinalIgnoreCase);

    public RealtimeOrigins(IOptions<ServerOptions> options, Issuer issuer)
    {
        Add(issuer.PublicUrl);
        foreach (var url in options.Value.Urls.Split(';')) Add(url);
        foreach (var origin in options.Value.AllowedOrigins.Where(o => o != "*")) _allowed.Add(origin.TrimEnd('/'));
    }

    /// <summary>Whether a page of this origin may.</summary>
    public bool Allow(StringValues origin) => origin.Count == 0 || (origin.Count == 1 && _allowed.Contains(origin.ToString()));

    private void Add(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var own)) return;
        _allowed.Add(own.GetLeftPart(UriPartial.Authority));
        // A server of this machine is met under both of its names.
        if (!own.IsLoopback && !(IPAddress.TryParse(own.Host, out var address) && address.Equals(IPAddress.Any))) return;
        foreach (var name in (string[])["localhost", "127.0.0.1", "[::1]"]) _allowed.Add($"{own.Scheme}://{name}:{own.Port}");
    }
}
