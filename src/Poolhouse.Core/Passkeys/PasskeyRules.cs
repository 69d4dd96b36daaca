using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Passkeys;

/// <summary>Decides over passkeys as a whole: whether a pool has them, and for whom one is enough.</summary>
public static class PasskeyRules
{
    /// <summary>The name among first factors and challenges.</summary>
    public const string WebAuthn = "WEB_AUTHN";

    /// <summary>Why the pool has no passkeys, or null.</summary>
    public static PasskeyProblem? WhyNot(UserPool pool) =>
        !pool.Settings.AllowedFirstAuthFactors.Contains(WebAuthn) ? PasskeyProblem.NotEnabled
        : pool.Settings.Passkeys?.RelyingPartyId is null ? PasskeyProblem.NotConfigured
        : null;

    /// <summary>
    /// Whether a passkey with user verification stands for both factors: the pool says so, and the user did (API_WebAuthnMfaSettingsType).
    /// </summary>
    public static bool SatisfiesMfa(UserPool pool, User user) => pool.Settings.Passkeys is { IsMultiFactor: true } && user.Mfa.IsPasskeyEnough;
}
