using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Server.Scanning;

/// <summary>Where ClamAV's daemon listens.</summary>
internal static class ClamAvAddress
{
    private const string Local = "unix:";

    /// <summary>Reads <c>tcp://host:port</c> or <c>unix:/path</c>; null for what is neither.</summary>
    public static EndPoint? Parse(string text)
    {
        if (text.StartsWith(Local, StringComparison.Ordinal))
            return Path.IsPathRooted(text[Local.Length..]) && text.Length < Local.Length + 108 ? new UnixDomainSocketEndPoint(text[Local.Length..]) : null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "tcp", Port: > 0, PathAndQuery: "" or "/", UserInfo: "" }
            ? new DnsEndPoint(uri.DnsSafeHost, uri.Port)
            : null;
    }
}
