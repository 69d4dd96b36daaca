namespace Poolhouse.Server.Account.Limits;

/// <summary>What a limit counts by.</summary>
internal enum RateLimitKey
{
    /// <summary>The caller's network: an IPv4 address, or the /64 of an IPv6 one, which one subscriber has whole.</summary>
    Network,

    /// <summary>The caller's account; the network for a stranger.</summary>
    Account,
}

/// <summary>How often a route may be called; shared by all routes that say the same name.</summary>
/// <param name="Name">In headers and counters.</param>
/// <param name="Permits">Calls in a window.</param>
/// <param name="Window">The window, which begins with its first call.</param>
/// <param name="Key">What is counted by.</param>
/// <param name="IsGuard">Whether it stands before secrets that could be guessed, or mail that could be sent to strangers: nodes count it together, be it in the database.</param>
internal sealed record RateLimit(string Name, int Permits, TimeSpan Window, RateLimitKey Key, bool IsGuard = false)
{
    /// <summary>What counts somebody's calls.</summary>
    public string KeyOf(string who) => $"{Name}/{who}";
}

/// <summary>The limits there are; identity-security 6.5 has what others set. They bound what one network can try; limits per account stand beside them.</summary>
internal static class RateLimits
{
    /// <summary>Opening WebSockets.</summary>
    public static readonly RateLimit Connections = new("connections", 300, TimeSpan.FromMinutes(1), RateLimitKey.Network);

    /// <summary>Signing in and answering challenges.</summary>
    public static readonly RateLimit SignIn = new("sign-in", 30, TimeSpan.FromMinutes(1), RateLimitKey.Network, IsGuard: true);

    /// <summary>Making accounts.</summary>
    public static readonly RateLimit Register = new("register", 10, TimeSpan.FromMinutes(1), RateLimitKey.Network, IsGuard: true);

    /// <summary>Asking for codes, and trying them.</summary>
    public static readonly RateLimit Codes = new("codes", 20, TimeSpan.FromMinutes(1), RateLimitKey.Network, IsGuard: true);

    /// <summary>Trying invitations and other tokens of links.</summary>
    public static readonly RateLimit Tokens = new("tokens", 10, TimeSpan.FromMinutes(1), RateLimitKey.Network, IsGuard: true);

    /// <summary>Questions a page asks while somebody types.</summary>
    public static readonly RateLimit Typing = new("typing", 120, TimeSpan.FromMinutes(1), RateLimitKey.Network);

    /// <summary>What changes something for who is signed in.</summary>
    public static readonly RateLimit Changes = new("changes", 60, TimeSpan.FromMinutes(1), RateLimitKey.Account);

    /// <summary>What reads for who is signed in.</summary>
    public static readonly RateLimit Reads = new("reads", 600, TimeSpan.FromMinutes(1), RateLimitKey.Account);

    /// <summary>Sets a limit, where a route is mapped.</summary>
    public static T Limit<T>(this T route, RateLimit limit)
        where T : IEndpointConventionBuilder => route.WithMetadata(limit);
}
