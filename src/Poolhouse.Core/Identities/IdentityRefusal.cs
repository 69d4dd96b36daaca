namespace Poolhouse.Core.Identities;

/// <summary>Everything a caller of the identity service can be refused for; the surface decides names and words.</summary>
public abstract record IdentityRefusal
{
    private IdentityRefusal() { }

    /// <summary>No such pool.</summary>
    public sealed record PoolNotFound(IdentityPoolId Id) : IdentityRefusal;

    /// <summary>No such identity, or one that was merged into another.</summary>
    public sealed record IdentityNotFound(IdentityId Id) : IdentityRefusal;

    /// <summary>The pool has no guests.</summary>
    public sealed record GuestsNotAllowed : IdentityRefusal;

    /// <summary>The identity has logins and none was given.</summary>
    public sealed record Forbidden(IdentityId Id) : IdentityRefusal;

    /// <summary>None of the logins is the identity's.</summary>
    public sealed record LoginsDoNotMatch : IdentityRefusal;

    /// <summary>The logins belong to different identities.</summary>
    public sealed record LoginsConflict : IdentityRefusal;

    /// <summary>A developer user identifier and an identity that are not each other's.</summary>
    public sealed record DeveloperUserConflict : IdentityRefusal;

    /// <summary>The developer user identifier is another identity's.</summary>
    public sealed record DeveloperUserTaken : IdentityRefusal;

    /// <summary>No such developer user identifier, or it is not the identity's.</summary>
    public sealed record DeveloperUserNotFound : IdentityRefusal;

    /// <summary>The pool has no developer provider of that name.</summary>
    public sealed record DeveloperProviderUnknown(string? Name) : IdentityRefusal;

    /// <summary>One identity has as many developer user identifiers as it may.</summary>
    public sealed record TooManyDeveloperUsers : IdentityRefusal;

    /// <summary>The pool does not believe this provider, or not this client of it.</summary>
    public sealed record UnsupportedProvider : IdentityRefusal;

    /// <summary>The token proves nothing.</summary>
    public sealed record InvalidToken(TokenProblem Problem, string? Detail = null) : IdentityRefusal;

    /// <summary>The token was good once; it was revoked, or its user is disabled or gone.</summary>
    public sealed record TokenInactive : IdentityRefusal;

    /// <summary>Another service that is needed does not answer.</summary>
    public sealed record ExternalService(string Name) : IdentityRefusal;

    /// <summary>The pool's roles are not set, not configured here, or don't trust the identity.</summary>
    public sealed record InvalidConfiguration : IdentityRefusal;

    /// <summary>The role is not one that the token has, or the token has none and the pool denies that.</summary>
    public sealed record RoleDenied(string? RoleArn) : IdentityRefusal;

    /// <summary>A role was asked for where the caller has no choice.</summary>
    public sealed record RoleNotCustomizable : IdentityRefusal;

    /// <summary>Logins changed while they were being linked, again and again.</summary>
    public sealed record ConcurrentChange : IdentityRefusal;
}

/// <summary>What is wrong with a token.</summary>
public enum TokenProblem
{
    /// <summary>It is no OpenID Connect ID token.</summary>
    Malformed,

    /// <summary>It is of another issuer than the name it is sent under.</summary>
    Issuer,

    /// <summary>It lacks a claim; the detail names it.</summary>
    MissingClaim,

    /// <summary>It is for another application.</summary>
    Audience,

    /// <summary>Its signature is wrong.</summary>
    Signature,

    /// <summary>Its time is over; the detail says when it was, and what time it is.</summary>
    Expired,
}

/// <summary>What a rule of identities answered: a value, or a refusal.</summary>
public readonly struct IdentityOutcome<T>
{
    private readonly T _value;

    private IdentityOutcome(T value, IdentityRefusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    /// <summary>Why not; null when there is a value.</summary>
    public IdentityRefusal? Refusal { get; }

    /// <summary>The value; asking a refusal for it is a bug.</summary>
    public T Value => Refusal is null ? _value : throw new InvalidOperationException("The outcome is a refusal: " + Refusal.GetType().Name);

    /// <summary>An outcome with a value.</summary>
    public static implicit operator IdentityOutcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator IdentityOutcome<T>(IdentityRefusal refusal) => new(default!, refusal);
}
