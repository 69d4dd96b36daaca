using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.AdminUsers;
using Poolhouse.Server.Cognito.Clients;
using Poolhouse.Server.Cognito.Groups;
using Poolhouse.Server.Cognito.Mfa;
using Poolhouse.Server.Cognito.Recovery;
using Poolhouse.Server.Cognito.SignIn;
using Poolhouse.Server.Cognito.SignUps;
using Poolhouse.Server.Cognito.Tokens;
using Poolhouse.Server.Cognito.UserPools;
using Poolhouse.Server.Cognito.Users;
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
            OperationRow.Of<AdminAddUserToGroup, AdminAddUserToGroupRequest>(Json.AdminAddUserToGroupRequest),
            OperationRow.Of<AdminConfirmSignUp, AdminConfirmSignUpRequest, AdminConfirmSignUpResponse>(Json.AdminConfirmSignUpRequest, Json.AdminConfirmSignUpResponse),
            OperationRow.Of<AdminCreateUser, AdminCreateUserRequest, AdminCreateUserResponse>(Json.AdminCreateUserRequest, Json.AdminCreateUserResponse),
            OperationRow.Of<AdminDeleteSoftwareToken, AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse>(Json.AdminDeleteSoftwareTokenRequest, Json.AdminDeleteSoftwareTokenResponse),
            OperationRow.Of<AdminDeleteUser, AdminDeleteUserRequest>(Json.AdminDeleteUserRequest),
            OperationRow.Of<AdminDeleteUserAttributes, AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse>(Json.AdminDeleteUserAttributesRequest, Json.AdminDeleteUserAttributesResponse),
            OperationRow.Of<AdminDisableUser, AdminDisableUserRequest, AdminDisableUserResponse>(Json.AdminDisableUserRequest, Json.AdminDisableUserResponse),
            OperationRow.Of<AdminEnableUser, AdminEnableUserRequest, AdminEnableUserResponse>(Json.AdminEnableUserRequest, Json.AdminEnableUserResponse),
            OperationRow.Of<AdminGetUser, AdminGetUserRequest, AdminGetUserResponse>(Json.AdminGetUserRequest, Json.AdminGetUserResponse),
            OperationRow.Of<AdminGetUserAuthFactors, AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse>(Json.AdminGetUserAuthFactorsRequest, Json.AdminGetUserAuthFactorsResponse),
            OperationRow.Of<AdminInitiateAuth, AdminInitiateAuthRequest, AdminInitiateAuthResponse>(Json.AdminInitiateAuthRequest, Json.AdminInitiateAuthResponse),
            OperationRow.Of<AdminListGroupsForUser, AdminListGroupsForUserRequest, AdminListGroupsForUserResponse>(Json.AdminListGroupsForUserRequest, Json.AdminListGroupsForUserResponse),
            OperationRow.Of<AdminRemoveUserFromGroup, AdminRemoveUserFromGroupRequest>(Json.AdminRemoveUserFromGroupRequest),
            OperationRow.Of<AdminResetUserPassword, AdminResetUserPasswordRequest, AdminResetUserPasswordResponse>(Json.AdminResetUserPasswordRequest, Json.AdminResetUserPasswordResponse),
            OperationRow.Of<AdminRespondToAuthChallenge, AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>(Json.AdminRespondToAuthChallengeRequest, Json.AdminRespondToAuthChallengeResponse),
            OperationRow.Of<AdminSetUserMFAPreference, AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse>(Json.AdminSetUserMFAPreferenceRequest, Json.AdminSetUserMFAPreferenceResponse),
            OperationRow.Of<AdminSetUserPassword, AdminSetUserPasswordRequest, AdminSetUserPasswordResponse>(Json.AdminSetUserPasswordRequest, Json.AdminSetUserPasswordResponse),
            OperationRow.Of<AdminSetUserSettings, AdminSetUserSettingsRequest, AdminSetUserSettingsResponse>(Json.AdminSetUserSettingsRequest, Json.AdminSetUserSettingsResponse),
            OperationRow.Of<AdminUpdateUserAttributes, AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse>(Json.AdminUpdateUserAttributesRequest, Json.AdminUpdateUserAttributesResponse),
            OperationRow.Of<AdminUserGlobalSignOut, AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse>(Json.AdminUserGlobalSignOutRequest, Json.AdminUserGlobalSignOutResponse),
            OperationRow.Of<AssociateSoftwareToken, AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse>(Json.AssociateSoftwareTokenRequest, Json.AssociateSoftwareTokenResponse),
            OperationRow.Of<ChangePassword, ChangePasswordRequest, ChangePasswordResponse>(Json.ChangePasswordRequest, Json.ChangePasswordResponse),
            OperationRow.Of<ConfirmForgotPassword, ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse>(Json.ConfirmForgotPasswordRequest, Json.ConfirmForgotPasswordResponse),
            OperationRow.Of<ConfirmSignUp, ConfirmSignUpRequest, ConfirmSignUpResponse>(Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse),
            OperationRow.Of<CreateGroup, CreateGroupRequest, CreateGroupResponse>(Json.CreateGroupRequest, Json.CreateGroupResponse),
            OperationRow.Of<CreateUserPool, CreateUserPoolRequest, CreateUserPoolResponse>(Json.CreateUserPoolRequest, Json.CreateUserPoolResponse),
            OperationRow.Of<CreateUserPoolClient, CreateUserPoolClientRequest, CreateUserPoolClientResponse>(Json.CreateUserPoolClientRequest, Json.CreateUserPoolClientResponse),
            OperationRow.Of<DeleteGroup, DeleteGroupRequest>(Json.DeleteGroupRequest),
            OperationRow.Of<DeleteUser, DeleteUserRequest>(Json.DeleteUserRequest),
            OperationRow.Of<DeleteUserAttributes, DeleteUserAttributesRequest, DeleteUserAttributesResponse>(Json.DeleteUserAttributesRequest, Json.DeleteUserAttributesResponse),
            OperationRow.Of<DeleteUserPool, DeleteUserPoolRequest>(Json.DeleteUserPoolRequest),
            OperationRow.Of<DeleteUserPoolClient, DeleteUserPoolClientRequest>(Json.DeleteUserPoolClientRequest),
            OperationRow.Of<DescribeUserPool, DescribeUserPoolRequest, DescribeUserPoolResponse>(Json.DescribeUserPoolRequest, Json.DescribeUserPoolResponse),
            OperationRow.Of<DescribeUserPoolClient, DescribeUserPoolClientRequest, DescribeUserPoolClientResponse>(Json.DescribeUserPoolClientRequest, Json.DescribeUserPoolClientResponse),
            OperationRow.Of<ForgotPassword, ForgotPasswordRequest, ForgotPasswordResponse>(Json.ForgotPasswordRequest, Json.ForgotPasswordResponse),
            OperationRow.Of<GetGroup, GetGroupRequest, GetGroupResponse>(Json.GetGroupRequest, Json.GetGroupResponse),
            OperationRow.Of<GetTokensFromRefreshToken, GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse>(Json.GetTokensFromRefreshTokenRequest, Json.GetTokensFromRefreshTokenResponse),
            OperationRow.Of<GetUser, GetUserRequest, GetUserResponse>(Json.GetUserRequest, Json.GetUserResponse),
            OperationRow.Of<GetUserAttributeVerificationCode, GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse>(Json.GetUserAttributeVerificationCodeRequest, Json.GetUserAttributeVerificationCodeResponse),
            OperationRow.Of<GetUserAuthFactors, GetUserAuthFactorsRequest, GetUserAuthFactorsResponse>(Json.GetUserAuthFactorsRequest, Json.GetUserAuthFactorsResponse),
            OperationRow.Of<GetUserPoolMfaConfig, GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse>(Json.GetUserPoolMfaConfigRequest, Json.GetUserPoolMfaConfigResponse),
            OperationRow.Of<GlobalSignOut, GlobalSignOutRequest, GlobalSignOutResponse>(Json.GlobalSignOutRequest, Json.GlobalSignOutResponse),
            OperationRow.Of<InitiateAuth, InitiateAuthRequest, InitiateAuthResponse>(Json.InitiateAuthRequest, Json.InitiateAuthResponse),
            OperationRow.Of<ListGroups, ListGroupsRequest, ListGroupsResponse>(Json.ListGroupsRequest, Json.ListGroupsResponse),
            OperationRow.Of<ListUserPoolClients, ListUserPoolClientsRequest, ListUserPoolClientsResponse>(Json.ListUserPoolClientsRequest, Json.ListUserPoolClientsResponse),
            OperationRow.Of<ListUserPools, ListUserPoolsRequest, ListUserPoolsResponse>(Json.ListUserPoolsRequest, Json.ListUserPoolsResponse),
            OperationRow.Of<ListUsers, ListUsersRequest, ListUsersResponse>(Json.ListUsersRequest, Json.ListUsersResponse),
            OperationRow.Of<ListUsersInGroup, ListUsersInGroupRequest, ListUsersInGroupResponse>(Json.ListUsersInGroupRequest, Json.ListUsersInGroupResponse),
            OperationRow.Of<ResendConfirmationCode, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>(Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse),
            OperationRow.Of<RespondToAuthChallenge, RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>(Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse),
            OperationRow.Of<RevokeToken, RevokeTokenRequest, RevokeTokenResponse>(Json.RevokeTokenRequest, Json.RevokeTokenResponse),
            OperationRow.Of<SetUserMFAPreference, SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse>(Json.SetUserMFAPreferenceRequest, Json.SetUserMFAPreferenceResponse),
            OperationRow.Of<SetUserPoolMfaConfig, SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse>(Json.SetUserPoolMfaConfigRequest, Json.SetUserPoolMfaConfigResponse),
            OperationRow.Of<SetUserSettings, SetUserSettingsRequest, SetUserSettingsResponse>(Json.SetUserSettingsRequest, Json.SetUserSettingsResponse),
            OperationRow.Of<SignUp, SignUpRequest, SignUpResponse>(Json.SignUpRequest, Json.SignUpResponse),
            OperationRow.Of<UpdateGroup, UpdateGroupRequest, UpdateGroupResponse>(Json.UpdateGroupRequest, Json.UpdateGroupResponse),
            OperationRow.Of<UpdateUserAttributes, UpdateUserAttributesRequest, UpdateUserAttributesResponse>(Json.UpdateUserAttributesRequest, Json.UpdateUserAttributesResponse),
            OperationRow.Of<UpdateUserPool, UpdateUserPoolRequest, UpdateUserPoolResponse>(Json.UpdateUserPoolRequest, Json.UpdateUserPoolResponse),
            OperationRow.Of<UpdateUserPoolClient, UpdateUserPoolClientRequest, UpdateUserPoolClientResponse>(Json.UpdateUserPoolClientRequest, Json.UpdateUserPoolClientResponse),
            OperationRow.Of<VerifySoftwareToken, VerifySoftwareTokenRequest, VerifySoftwareTokenResponse>(Json.VerifySoftwareTokenRequest, Json.VerifySoftwareTokenResponse),
            OperationRow.Of<VerifyUserAttribute, VerifyUserAttributeRequest, VerifyUserAttributeResponse>(Json.VerifyUserAttributeRequest, Json.VerifyUserAttributeResponse),
        ]);
}
