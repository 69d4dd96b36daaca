using System.Security.Cryptography;

namespace Poolhouse.Core.Passkeys;

/// <summary>
/// What registration and sign-in check alike, by the numbers of WebAuthn L3 §7.1 and §7.2. Not here, because they don't apply: token
/// binding (gone from L3), top origins (framed pages are refused), extensions (none is asked for) and attestation (§7.1 21–24: "none"
/// is asked for, so whatever statement comes is not judged; who made an authenticator is not known).
/// </summary>
internal static class Ceremony
{
    /// <summary>Why a registration's parts are not acceptable, or null.</summary>
    /// <param name="client">The browser's part.</param>
    /// <param name="data">The authenticator's part.</param>
    /// <param name="relyingPartyId">The pool's.</param>
    /// <param name="demandsVerification">Whether the person must have been verified.</param>
    public static PasskeyProblem? WhyNotRegistered(ClientData client, AuthenticatorData data, string relyingPartyId, bool demandsVerification)
    {
        // 7: type. 8 (the challenge) was checked when the state was opened, which is the challenge.
        if (client.Type != ClientData.Create) return PasskeyProblem.Malformed;
        return WhyNot(client, data, relyingPartyId, demandsVerification)
            ?? (data is { CredentialId: null } or { PublicKey: null } || !CoseKey.IsSupported(data.PublicKey) ? PasskeyProblem.NotSupported : null); // 19
    }

    /// <summary>Why an assertion proves nothing, or null. The counter is judged where it is stored.</summary>
    /// <param name="credential">The answer.</param>
    /// <param name="passkey">The credential that it names, of the user who is signing in.</param>
    /// <param name="challenge">What was asked.</param>
    /// <param name="relyingPartyId">The pool's.</param>
    /// <param name="demandsVerification">Whether the person must be verified.</param>
    /// <param name="proven">What the authenticator signed, where nothing speaks against it.</param>
    public static PasskeyProblem? WhyNotProven(
        CredentialJson credential, Passkey passkey, ReadOnlySpan<byte> challenge, string relyingPartyId, bool demandsVerification, out AuthenticatorData? proven)
    {
        proven = null;
        // 6: the credential is the user's, and says so itself where it says anything.
        if (credential.UserHandle is { } handle && !handle.AsSpan().SequenceEqual(PasskeyOptions.HandleOf(passkey.Sub))) return PasskeyProblem.NotProven;
        if (ClientData.TryRead(credential.ClientDataJson) is not { } client || AuthenticatorData.TryRead(credential.AuthenticatorData) is not { } data)
            return PasskeyProblem.Malformed;
        if (client.Type != ClientData.Get) return PasskeyProblem.Malformed; // 10
        if (!CryptographicOperations.FixedTimeEquals(client.Challenge, challenge)) return PasskeyProblem.ChallengeNotFound; // 11
        if (WhyNot(client, data, relyingPartyId, demandsVerification) is { } problem) return problem;
        if (data.IsBackupEligible != passkey.IsBackupEligible) return PasskeyProblem.NotProven; // 18
        // 19–21: the signature covers the authenticator's data and the hash of the browser's.
        byte[] signed = [.. credential.AuthenticatorData!, .. SHA256.HashData(credential.ClientDataJson)];
        if (!CoseKey.Verify(passkey.PublicKey, signed, credential.Signature)) return PasskeyProblem.NotProven;
        proven = data;
        return null;
    }

    private static PasskeyProblem? WhyNot(ClientData client, AuthenticatorData data, string relyingPartyId, bool demandsVerification)
    {
        // 9–11 and 12–14: the origin; a page in another origin's frame could be painted over.
        if (client.IsCrossOrigin || !RelyingParty.Allows(relyingPartyId, client.Origin)) return PasskeyProblem.OriginNotAllowed;
        // 14 and 15: the relying party.
        if (!CryptographicOperations.FixedTimeEquals(data.RelyingPartyHash, RelyingParty.HashOf(relyingPartyId))) return PasskeyProblem.RelyingPartyMismatch;
        // 15–16 and 16–17: somebody was there, and was verified where that is asked for.
        return data.IsUserPresent && (data.IsUserVerified || !demandsVerification) ? null : PasskeyProblem.NotSupported;
    }
}
