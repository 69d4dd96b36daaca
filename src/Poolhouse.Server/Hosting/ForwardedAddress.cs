using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Poolhouse.Core.Sessions;

namespace Poolhouse.Server;

/// <summary>
/// Whom a request comes from when proxies stand between: <c>X-Forwarded-For</c>, read from its right end, for each hop may only speak for the
/// one before it, and only through hops that the operator named. Whatever can't be read is nobody's word: then it is the socket's peer.
/// </summary>
/// <param name="trusted">The networks of the operator's proxies.</param>
internal sealed class ForwardedAddress(IReadOnlyList<IPNetwork> trusted)
{
    // Nobody has that many proxies; a header of thousands of addresses is not worth reading.
    private const int MostHops = 32;

    /// <summary>Reads one network, <c>10.0.0.0/8</c>, or a single address; null if it is neither.</summary>
    public static IPNetwork? ReadNetwork(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal)) return IPNetwork.TryParse(text, out var network) ? network : null;
        return ReadAddress(text) is { } address ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) : null;
    }

    /// <summary>Replaces address and scheme of the request by what trusted proxies say of it.</summary>
    public void Apply(HttpContext http)
    {
        if (trusted.Count == 0 || Origin.Plain(http.Connection.RemoteIpAddress) is not { } peer || !IsTrusted(peer)) return;
        var hops = Split(http.Request.Headers["X-Forwarded-For"]);
        if (hops.Length is 0 or > MostHops) return;
        var (address, hop) = (peer, hops.Length);
        while (hop > 0 && IsTrusted(address))
        {
            if (ReadHop(hops[--hop]) is not { } next) return;
            address = next;
        }

        http.Connection.RemoteIpAddress = address;
        http.Connection.RemotePort = 0;
        if (SchemeAt(Split(http.Request.Headers["X-Forwarded-Proto"]), hop, hops.Length) is { } scheme) http.Request.Scheme = scheme;
    }

    private bool IsTrusted(IPAddress address)
    {
        foreach (var network in trusted)
            if (network.Contains(address)) return true;
        return false;
    }

    // Where every proxy adds its own, the word of the one that spoke of the address; where the outermost one says it for all, that.
    private static string? SchemeAt(string[] schemes, int hop, int hops)
    {
        var scheme = schemes.Length == 1 ? schemes[0] : schemes.Length == hops && hop < hops ? schemes[hop] : null;
        if (string.Equals(scheme, "https", StringComparison.OrdinalIgnoreCase)) return "https";
        return string.Equals(scheme, "http", StringComparison.OrdinalIgnoreCase) ? "http" : null;
    }

    // RFC 9110 §5.3: lines of the same name are one list.
    private static string[] Split(Microsoft.Extensions.Primitives.StringValues lines) =>
        lines.Count == 0 ? [] : string.Join(',', (IEnumerable<string?>)lines).Split(',', StringSplitOptions.TrimEntries);

    // 192.0.2.1, 192.0.2.1:5678, 2001:db8::1, [2001:db8::1] or [2001:db8::1]:5678; some proxies put ports there.
    private static IPAddress? ReadHop(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || (end + 1 < text.Length && (text[end + 1] != ':' || !IsPort(text.AsSpan(end + 2))))) return null;
            return ReadAddress(text[1..end]) is { AddressFamily: AddressFamily.InterNetworkV6 } bracketed ? Origin.Plain(bracketed) : null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.IndexOf(':', colon + 1) >= 0) return Origin.Plain(ReadAddress(text));
        return IsPort(text.AsSpan(colon + 1)) && ReadAddress(text[..colon]) is { AddressFamily: AddressFamily.InterNetwork } address ? address : null;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // The parser also takes 1, 0x7f.1, 017.0.0.1 and fe80::1%eth0, of which other programs think otherwise.
    private static IPAddress? ReadAddress(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address)) return null;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address : null;
    }
}
