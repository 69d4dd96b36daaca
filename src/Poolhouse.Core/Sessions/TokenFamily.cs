using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Sessions;

/// <summary>All tokens that descend from one sign-in; revoked together.</summary>
public sealed record TokenFamily
{
    /// <summary>The <c>event_id</c> of the sign-in, in every token of the family; a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The <c>origin_jti</c> claim.</summary>
    public required string OriginJti { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>The client that signed in; no other may refresh.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>Who signed in.</summary>
    public required Sub Sub { get; init; }

    /// <summary>When the sign-in happened: <c>auth_time</c>.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>When the last refresh token of the family dies; rotation never moves it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of the refresh token now in force; empty once the device that it belonged to is forgotten.</summary>
    public required string CurrentRefreshId { get; init; }

    /// <summary>The <c>acr</c> claim: the name that the level of the sign-in had then; null where it reached none.</summary>
    public string? Acr { get; init; }

    /// <summary>The <c>amr</c> claim: how the user signed in. Empty where nothing of it was recorded.</summary>
    public IReadOnlyList<string> Amr { get; init; } = [];

    /// <summary>
    /// The access token's scopes, of a sign-in at the OAuth endpoints; empty for a sign-in through the API, whose tokens have the one of
    /// <see cref="Tokens.TokenIssuer.UserScope"/>.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Set once, by revocation, eviction or global sign-out.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The session's id; null where the pool did not track sessions at the sign-in. See <see cref="SessionIds"/>.</summary>
    public string? SessionId { get; init; }

    /// <summary>The last sign-in or refresh; kept up only where there is a <see cref="SessionId"/>.</summary>
    public DateTimeOffset? LastActiveAt { get; init; }

    /// <summary>The device of the last activity, see <see cref="Origin.Device"/>; only where there is a <see cref="SessionId"/>.</summary>
    public string? Device { get; init; }

    /// <summary>The address of the last activity; only where there is a <see cref="SessionId"/>.</summary>
    public string? Address { get; init; }

    /// <summary>
    /// The device that the sign-in came from: the <c>device_key</c> claim. It need not be registered. Null where the pool tracks none.
    /// </summary>
    public string? DeviceKey { get; init; }

    /// <summary>How the device was met by the sign-in that makes this family; a family that is read says nothing about it.</summary>
    public DevicePresence DevicePresence { get; init; }
}

/// <summary>How a sign-in met the device that it came from.</summary>
public enum DevicePresence
{
    /// <summary>The pool doesn't track devices.</summary>
    Untracked,

    /// <summary>It had no key, and was given one.</summary>
    New,

    /// <summary>It is registered, and wasn't asked to prove that.</summary>
    Known,

    /// <summary>It proved its secret.</summary>
    Proved,
}

/// <summary>How an attempt to rotate a refresh token ended.</summary>
public enum RotationOutcome
{
    /// <summary>The new token is in force.</summary>
    Rotated,

    /// <summary>The token is neither the current one nor a predecessor within its grace.</summary>
    Reused,

    /// <summary>The family was revoked.</summary>
    Revoked,

    /// <summary>The family's time is over, or it never existed.</summary>
    Expired,
}
