using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>A person signed in with a cookie. It lives no longer than the sign-in that it came from: its token family.</summary>
public sealed record AccountSession
{
    /// <summary>The name of the session; the cookie holds what it is the hash of.</summary>
    public required SessionKey Key { get; init; }

    /// <summary>Whose it is.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The pool of the account's user.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>The account's user.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The sign-in that it came from. When that is revoked the session has ended; ending the session revokes it.</summary>
    public required string FamilyId { get; init; }

    /// <summary>Whether that sign-in is one at a pool of Amazon's; see <see cref="Remote.RemoteSignIn"/>.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Browser and system of the last activity in words of a closed vocabulary; see <c>UserAgents</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The address of the last activity; null where it isn't known.</summary>
    public string? Address { get; init; }

    /// <summary>The language the person chose for this session, a BCP 47 tag; null for the account's.</summary>
    public string? Locale { get; init; }

    /// <summary>Whether this is a computer of the person's own; see <see cref="SessionRules"/>.</summary>
    public bool Remember { get; init; } = true;

    /// <summary>What the application keeps with the session: a JSON object of at most <see cref="SessionRules.MaxDataBytes"/> bytes.</summary>
    public string Data { get; init; } = "{}";

    /// <summary>When the person signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last activity, written at most once a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When it ends whatever happens.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When it ends without another activity; never after <see cref="EndsAt"/>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
