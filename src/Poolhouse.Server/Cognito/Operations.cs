using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.SignIn;
using Poolhouse.Server.Cognito.SignUps;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>The one table of what <c>cognito-idp</c> can do here; docs/operations.md is made from it. Sorted by name.</summary>
internal static class Operations
{
    private static readonly CognitoIdpJson Json = CognitoIdpJson.Instance;

    public static OperationTable Table { get; } = new(
        CognitoIdpModel.TargetPrefix,
        "cognito-idp",
        CognitoIdpModel.Operations,
        [
            OperationRow.Of<AdminInitiateAuth, AdminInitiateAuthRequest, AdminInitiateAuthResponse>(Json.AdminInitiateAuthRequest, Json.AdminInitiateAuthResponse),
            OperationRow.Of<AdminRespondToAuthChallenge, AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>(Json.AdminRespondToAuthChallengeRequest, Json.AdminRespondToAuthChallengeResponse),
            OperationRow.Of<ConfirmSignUp, ConfirmSignUpRequest, ConfirmSignUpResponse>(Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse),
            OperationRow.Of<InitiateAuth, InitiateAuthRequest, InitiateAuthResponse>(Json.InitiateAuthRequest, Json.InitiateAuthResponse),
            OperationRow.Of<ResendConfirmationCode, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>(Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse),
            OperationRow.Of<RespondToAuthChallenge, RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>(Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse),
            OperationRow.Of<SignUp, SignUpRequest, SignUpResponse>(Json.SignUpRequest, Json.SignUpResponse),
        ]);
}
