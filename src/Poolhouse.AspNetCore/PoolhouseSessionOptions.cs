using Microsoft.AspNetCore.Authentication;
using Poolhouse.AspNetCore.Sessions;

namespace Poolhouse.AspNetCore;

/// <summary>
/// Settings of <see cref="PoolhouseSessionExtensions.AddPoolhouseSession(AuthenticationBuilder, Action{PoolhouseSessionOptions})"/>.
/// <see cref="Server"/> is needed; it is checked when the application starts.
/// </summary>
public sealed class PoolhouseSessionOptions : AuthenticationSchemeOptions
{
    /// <summary>Where Poolhouse is reached, without <c>/api/v1</c>: <c>https://accounts.example.com</c>.</summary>
    public Uri? Server { get; set; }

    /// <summary>Whether <see cref="Server"/> has to be <c>https</c>; this machine never has to. Default true: the cookie travels there.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>
    /// Origins whose pages may send state-changing requests with the cookie, beside the API's own: <c>https://app.example.com</c>, without a
    /// slash at its end. Empty by default. Behind a proxy the API's own origin is what the forwarded-headers middleware makes of it.
    /// </summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// For how long Poolhouse's answer about a session counts; the end of a session is felt after this time at the latest. Default and most
    /// one second, least zero. One call a session and this time goes to Poolhouse.
    /// </summary>
    public TimeSpan RevocationDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// For how long Poolhouse is waited for; then the request is answered 503, as it is when Poolhouse says 503 or can't be reached. Default
    /// 250 ms, which is also what Poolhouse waits for its session store; up to one minute.
    /// </summary>
    public TimeSpan BackchannelTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends the calls to Poolhouse; null for the usual one. For proxies, certificates and tests.</summary>
    public HttpMessageHandler? BackchannelHttpHandler { get; set; }

    /// <summary>How many sessions are remembered, by their cookie's hash. Default 10,000, some 2 KB each.</summary>
    public int CacheSize { get; set; } = 10_000;

    /// <summary>Made once for these settings.</summary>
    internal SessionReader? Reader { get; set; }

    internal Uri SessionAddress => new(Server!.AbsoluteUri.TrimEnd('/') + "/api/v1/session");

    /// <summary>Says what is wrong with the settings.</summary>
    /// <exception cref="InvalidOperationException">They can't work, or would take what they must not.</exception>
    public override void Validate()
    {
        base.Validate();
        if (Server is null) throw new InvalidOperationException($"{nameof(Server)} has to be where Poolhouse is reached.");
        OptionRules.CheckAddress(nameof(Server), Server, RequireHttps);
        OptionRules.CheckTime(nameof(RevocationDelay), RevocationDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        OptionRules.CheckTime(nameof(BackchannelTimeout), BackchannelTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        OptionRules.CheckCacheSize(CacheSize);
        if (AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } bad)
            throw new InvalidOperationException($"{nameof(AllowedOrigins)}: '{bad}' is no origin, such as https://app.example.com.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")
        && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
