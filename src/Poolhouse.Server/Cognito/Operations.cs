using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.Clients;
using Poolhouse.Server.Cognito.SignIn;
using Poolhouse.Server.Cognito.SignUps;
using Poolhouse.Server.Cognito.UserPools;
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
            OperationRow.Of<AddCustomAttributes, AddCustomAttributesRequest, AddCustomAttributesResponse>(Json.AddCustomAttributesRequest, Json.AddCustomAttributesResponse),
            OperationRow.Of<AdminInitiateAuth, AdminInitiateAuthRequest, AdminInitiateAuthResponse>(Json.AdminInitiateAuthRequest, Json.AdminInitiateAuthResponse),
            OperationRow.Of<AdminRespondToAuthChallenge, AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>(Json.AdminRespondToAuthChallengeRequest, Json.AdminRespondToAuthChallengeResponse),
            OperationRow.Of<ConfirmSignUp, ConfirmSignUpRequest, ConfirmSignUpResponse>(Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse),
            OperationRow.Of<CreateUserPool, CreateUserPoolRequest, CreateUserPoolResponse>(Json.CreateUserPoolRequest, Json.CreateUserPoolResponse),
            OperationRow.Of<CreateUserPoolClient, CreateUserPoolClientRequest, CreateUserPoolClientResponse>(Json.CreateUserPoolClientRequest, Json.CreateUserPoolClientResponse),
            OperationRow.Of<DeleteUserPool, DeleteUserPoolRequest>(Json.DeleteUserPoolRequest),
            OperationRow.Of<DeleteUserPoolClient, DeleteUserPoolClientRequest>(Json.DeleteUserPoolClientRequest),
            OperationRow.Of<DescribeUserPool, DescribeUserPoolRequest, DescribeUserPoolResponse>(Json.DescribeUserPoolRequest, Json.DescribeUserPoolResponse),
            OperationRow.Of<DescribeUserPoolClient, DescribeUserPoolClientRequest, DescribeUserPoolClientResponse>(Json.DescribeUserPoolClientRequest, Json.DescribeUserPoolClientResponse),
            OperationRow.Of<InitiateAuth, InitiateAuthRequest, InitiateAuthResponse>(Json.InitiateAuthRequest, Json.InitiateAuthResponse),
            OperationRow.Of<ListUserPoolClients, ListUserPoolClientsRequest, ListUserPoolClientsResponse>(Json.ListUserPoolClientsRequest, Json.ListUserPoolClientsResponse),
            OperationRow.Of<ListUserPools, ListUserPoolsRequest, ListUserPoolsResponse>(Json.ListUserPoolsRequest, Json.ListUserPoolsResponse),
            OperationRow.Of<ResendConfirmationCode, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>(Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse),
            OperationRow.Of<RespondToAuthChallenge, RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>(Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse),
            OperationRow.Of<SignUp, SignUpRequest, SignUpResponse>(Json.SignUpRequest, Json.SignUpResponse),
            OperationRow.Of<UpdateUserPool, UpdateUserPoolRequest, UpdateUserPoolResponse>(Json.UpdateUserPoolRequest, Json.UpdateUserPoolResponse),
            OperationRow.Of<UpdateUserPoolClient, UpdateUserPoolClientRequest, UpdateUserPoolClientResponse>(Json.UpdateUserPoolClientRequest, Json.UpdateUserPoolClientResponse),
        ]);
}
