using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Wire;

/// <summary>The words for an access token that is not accepted, whichever call brings it.</summary>
internal static class AccessTokenErrors
{
    /// <summary>The error.</summary>
    public static CognitoException Of(AccessTokenProblem problem) => problem switch
    {
        AccessTokenProblem.BadSignature => CognitoException.NotAuthorized("Could not verify signature for Access Token"),
        AccessTokenProblem.Expired => CognitoException.NotAuthorized("Access Token has expired"),
        AccessTokenProblem.MissingScope => CognitoException.NotAuthorized("Access Token does not have required scopes"),
        AccessTokenProblem.Revoked => CognitoException.NotAuthorized("Access Token has been revoked"),
        AccessTokenProblem.UserNotFound => CognitoException.UserNotFound("User does not exist."),
        AccessTokenProblem.UserDisabled => CognitoException.NotAuthorized("User is disabled."),
        AccessTokenProblem.UserNotConfirmed => CognitoException.UserNotConfirmed("User is not confirmed."),
        AccessTokenProblem.ClientNotFound => CognitoException.ResourceNotFound("User pool client does not exist."),
        _ => CognitoException.NotAuthorized("Invalid Access Token"),
    };
}
