using Poolhouse.Core.Passkeys;
using Poolhouse.Core.SignIn;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// The errors of passkeys and of levels of authentication. The names are the model's, by what it says of each; Amazon's texts are
/// not known, so the words are this server's own.
/// </summary>
internal static class PasskeyMessages
{
    /// <summary>The error for a passkey that is not registered or not found.</summary>
    public static CognitoException Of(PasskeyProblem problem) => problem switch
    {
        PasskeyProblem.NotEnabled => new("WebAuthnNotEnabledException", "Passkeys are not enabled for this user pool."),
        PasskeyProblem.NotConfigured => new("WebAuthnConfigurationMissingException", "The user pool has no relying party ID."),
        PasskeyProblem.ChallengeNotFound => new("WebAuthnChallengeNotFoundException", "The passkey registration was not found, or has expired."),
        PasskeyProblem.ClientMismatch => new("WebAuthnClientMismatchException", "The passkey registration was started by another app client."),
        PasskeyProblem.OriginNotAllowed => new("WebAuthnOriginNotAllowedException", "The origin is not allowed for the relying party ID."),
        PasskeyProblem.RelyingPartyMismatch => new("WebAuthnRelyingPartyMismatchException", "The passkey is for another relying party ID."),
        PasskeyProblem.NotSupported => new("WebAuthnCredentialNotSupportedException", "The passkey is not supported."),
        PasskeyProblem.TooMany => CognitoException.LimitExceeded($"A user can have at most {PasskeyRegistrations.MostPerUser} passkeys."),
        PasskeyProblem.Registered => CognitoException.InvalidParameter("The passkey is already registered."),
        PasskeyProblem.NotFound => CognitoException.ResourceNotFound("Passkey not found."),
        _ => CognitoException.InvalidParameter("Invalid credential."),
    };

    /// <summary>The error for a level that a sign-in can't aim at.</summary>
    public static CognitoException Of(StepUpProblem problem) => problem switch
    {
        StepUpProblem.UnknownLevels => CognitoException.InvalidParameter("None of the TARGET_ACR_VALUES is a level of this user pool."),
        StepUpProblem.TokenWithoutLevels => CognitoException.InvalidParameter("ACCESS_TOKEN requires TARGET_ACR_VALUES."),
        StepUpProblem.InvalidAge => CognitoException.InvalidParameter("MAX_AGE must be a number of seconds."),
        StepUpProblem.ForeignToken => CognitoException.NotAuthorized("The access token is not of this user and app client."),
        StepUpProblem.Reached => CognitoException.InvalidParameter("The access token already meets the requested authentication level."),
        _ => CognitoException.InvalidParameter("The user has no factors that reach a requested authentication level."),
    };
}
