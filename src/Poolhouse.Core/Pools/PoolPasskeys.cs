namespace Poolhouse.Core.Pools;

/// <summary>How a pool uses passkeys. API_WebAuthnConfigurationType.</summary>
public sealed record PoolPasskeys
{
    /// <summary>The person must be verified.</summary>
    public const string Required = "required";

    /// <summary>The person is verified where the authenticator can.</summary>
    public const string Preferred = "preferred";

    /// <summary>A passkey with user verification satisfies MFA.</summary>
    public const string MultiFactor = "MULTI_FACTOR_WITH_USER_VERIFICATION";

    /// <summary>The domain that passkeys are made for, 1–127 characters; null where none was set, and then nobody can register one.</summary>
    public string? RelyingPartyId { get; init; }

    /// <summary>required or preferred (default).</summary>
    public string UserVerification { get; init; } = Preferred;

    /// <summary>SINGLE_FACTOR or MULTI_FACTOR_WITH_USER_VERIFICATION; null is single.</summary>
    public string? FactorConfiguration { get; init; }

    /// <summary>Whether a passkey with user verification can stand for two factors.</summary>
    public bool IsMultiFactor => FactorConfiguration == MultiFactor;

    /// <summary>Whether the person must be verified (for the second: API_WebAuthnFactorConfigurationType).</summary>
    public bool DemandsVerification => UserVerification == Required || IsMultiFactor;
}
