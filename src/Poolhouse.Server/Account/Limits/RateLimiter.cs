using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Account.Limits;

/// <summary>Counts calls against their limits and says so in the answer's headers (draft-ietf-httpapi-ratelimit-headers-10 §3, §4).</summary>
internal sealed class RateLimiter(IRateCounters counters, IOptions<ServerOptions> options)
{
    private readonly bool _isOn = options.Value.EnforceRateLimits == true;

    /// <summary>Counts one.</summary>
    /// <exception cref="ProblemException">TOO_MANY_REQUESTS: the window is used up.</exception>
    public async ValueTask DemandAsync(AccountCall call, RateLimit limit, CancellationToken ct)
    {
        if (!_isOn) return;
        var count = await counters.CountAsync(limit, Key(call, limit), call.Now, ct);
        var seconds = (int)Math.Ceiling(Math.Max(0, (count.EndsAt - call.Now).TotalSeconds));
        var headers = call.Http.Response.Headers;
        headers.Append("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";q={limit.Permits};w={(int)limit.Window.TotalSeconds}"));
        headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={Math.Max(0, limit.Permits - count.Calls)};t={seconds}"));
        if (count.Calls > limit.Permits) throw Problems.TooMany(Math.Max(1, seconds));
    }

    /// <summary>Counts one that no HTTP answer belongs to, by its network.</summary>
    /// <exception cref="ProblemException">TOO_MANY_REQUESTS: the window is used up.</exception>
    public async ValueTask DemandAsync(RateLimit limit, IPAddress? address, DateTimeOffset now, CancellationToken ct)
    {
        if (!_isOn) return;
        var count = await counters.CountAsync(limit, Network(address), now, ct);
        if (count.Calls > limit.Permits) throw Problems.TooMany((int)Math.Ceiling(Math.Max(1, (count.EndsAt - now).TotalSeconds)));
    }

    private static string Key(AccountCall call, RateLimit limit) =>
        limit.Key == RateLimitKey.Account && call.MaybeSignedIn is { } caller ? caller.Account.Id.Value : Network(call.Origin.Address);

    /// <summary>An address as its network.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
