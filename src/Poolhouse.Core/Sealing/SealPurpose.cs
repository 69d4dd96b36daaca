namespace Poolhouse.Core.Sealing;

/// <summary>
/// What sealed bytes are for. Each purpose has keys of its own, so that a value moved from one column to another does not open.
/// The names enter the key derivation: renaming a member makes everything sealed under it unreadable.
/// </summary>
public enum SealPurpose
{
    /// <summary>A pool's private RSA keys.</summary>
    SigningKey,

    /// <summary>SRP verifiers of users and devices.</summary>
    SrpVerifier,

    /// <summary>Secrets of app clients.</summary>
    ClientSecret,

    /// <summary>Messages that wait to be sent, with the codes in them.</summary>
    OutboxMessage,

    /// <summary>The state of a challenge, and SRP's secret block.</summary>
    ChallengeState,

    /// <summary>Refresh tokens.</summary>
    RefreshToken,

    /// <summary>Secrets of authenticator apps.</summary>
    TotpSecret,

    /// <summary>The keyed hashes of confirmation and recovery codes.</summary>
    CodeHash,

    /// <summary>The key of synthetic answers for unknown users.</summary>
    SyntheticUser,

    /// <summary>Cursors of lists.</summary>
    PageToken,

    /// <summary>Tokens of other providers kept for a user.</summary>
    StoredToken,

    /// <summary>Files of identity checks.</summary>
    KycFile,

    /// <summary>Session cookies of the web pages.</summary>
    SessionCookie,

    /// <summary>Secrets within a pool's configuration, such as an identity provider's.</summary>
    DocumentSecret,

    /// <summary>Tokens in mails about risky sign-ins.</summary>
    FeedbackToken,

    /// <summary>Session tokens of temporary credentials, with their secret keys.</summary>
    TemporaryCredentials,

    /// <summary>The state of a passkey's registration, which is its challenge.</summary>
    PasskeyRegistration,

    /// <summary>Files of import jobs.</summary>
    ImportFile,

    /// <summary>The signatures of upload addresses.</summary>
    ImportUrl,

    /// <summary>Tokens of sign-ins that clients told the WebSocket API.</summary>
    RealtimeTokens,

    /// <summary>Tokens of sign-ins at pools of Amazon's.</summary>
    RemoteTokens,

    /// <summary>The state that a browser carries to an identity provider and back.</summary>
    FederationState,

    /// <summary>Authorization codes.</summary>
    AuthorizationCode,
}
