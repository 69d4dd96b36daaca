using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Passkeys;

/// <summary>A registered credential. API_WebAuthnCredentialDescription.</summary>
public sealed record Passkey
{
    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Sub Sub { get; init; }

    /// <summary>The credential's id, base64url; one of a kind within the pool.</summary>
    public required string Id { get; init; }

    /// <summary>The relying party that it was made for; it works for no other.</summary>
    public required string RelyingPartyId { get; init; }

    /// <summary>COSE.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The counter of the last signature; 0 where the authenticator does not count.</summary>
    public required long SignCount { get; init; }

    /// <summary>Whether it may be copied to other devices; never changes (WebAuthn L3 §6.1.3).</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>A name made from what the authenticator said of itself.</summary>
    public required string FriendlyName { get; init; }

    /// <summary><c>platform</c>, <c>cross-platform</c>, or null where the browser did not say.</summary>
    public string? Attachment { get; init; }

    /// <summary>How the authenticator is reached, for the browser's next question.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Why a passkey is not registered or not accepted.</summary>
public enum PasskeyProblem
{
    /// <summary>The pool has no passkeys.</summary>
    NotEnabled,

    /// <summary>The pool has no relying party id.</summary>
    NotConfigured,

    /// <summary>The request holds no credential of the right form.</summary>
    Malformed,

    /// <summary>The challenge is none of this user's, too old, or was answered before.</summary>
    ChallengeNotFound,

    /// <summary>Another client began the registration.</summary>
    ClientMismatch,

    /// <summary>The page's origin is not one of the relying party's.</summary>
    OriginNotAllowed,

    /// <summary>The credential is for another relying party.</summary>
    RelyingPartyMismatch,

    /// <summary>The authenticator's key, form or proof is not one that can be used, or it did not verify the person where it must.</summary>
    NotSupported,

    /// <summary>The credential is registered already.</summary>
    Registered,

    /// <summary>The user has as many as one may have.</summary>
    TooMany,

    /// <summary>The user has no such credential.</summary>
    NotFound,

    /// <summary>The assertion proves nothing: of somebody else, altered, or from a copy of the authenticator.</summary>
    NotProven,
}
