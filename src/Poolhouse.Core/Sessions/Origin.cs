using System.Net;

namespace Poolhouse.Core.Sessions;

/// <summary>Where a request comes from, as far as it says. None of it proves anything.</summary>
public sealed record Origin
{
    /// <summary>Nothing is known.</summary>
    public static Origin Unknown { get; } = new();

    /// <summary>The caller's address; null where it isn't known. IPv4 within IPv6 is plain IPv4.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The User-Agent header; null where none was sent.</summary>
    public string? UserAgent { get; init; }

    /// <summary>A keyless hash of what the client's own context data calls its device; null where it sent none.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The request's id, for logs; null where there is none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the client or the calling server sent context data. API_UserContextDataType, API_ContextDataType.</summary>
    public bool HasContext { get; init; }

    /// <summary>Browser and system in words, such as <c>Chrome 126, Windows 10</c>.</summary>
    public string Device => UserAgents.Describe(UserAgent);

    /// <summary>What a connection says.</summary>
    public static Origin Of(IPAddress? address, string? userAgent) => new()
    {
        Address = Plain(address),
        UserAgent = string.IsNullOrEmpty(userAgent) ? null : userAgent,
    };

    /// <summary>The address, without the clothes of IPv6 where it is one of IPv4.</summary>
    public static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
