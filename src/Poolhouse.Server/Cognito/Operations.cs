using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.AdminUsers;
using Poolhouse.Server.Cognito.ClassicPages;
using Poolhouse.Server.Cognito.Clients;
using Poolhouse.Server.Cognito.Devices;
using Poolhouse.Server.Cognito.Domains;
using Poolhouse.Server.Cognito.Groups;
using Poolhouse.Server.Cognito.IdentityProviders;
using Poolhouse.Server.Cognito.Limits;
using Poolhouse.Server.Cognito.LinkedIdentities;
using Poolhouse.Server.Cognito.LogDelivery;
using Poolhouse.Server.Cognito.ManagedLogin;
using Poolhouse.Server.Cognito.Mfa;
using Poolhouse.Server.Cognito.Passkeys;
using Poolhouse.Server.Cognito.Recovery;
using Poolhouse.Server.Cognito.Replicas;
using Poolhouse.Server.Cognito.ResourceServers;
using Poolhouse.Server.Cognito.Sessions;
using Poolhouse.Server.Cognito.SignIn;
using Poolhouse.Server.Cognito.SignUps;
using Poolhouse.Server.Cognito.Tags;
using Poolhouse.Server.Cognito.TermsOfUse;
using Poolhouse.Server.Cognito.Threats;
using Poolhouse.Server.Cognito.Tokens;
using Poolhouse.Server.Cognito.UserImports;
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
            OperationRow.Of<AddUserPoolClientSecret, AddUserPoolClientSecretRequest, AddUserPoolClientSecretResponse>(Json.AddUserPoolClientSecretRequest, Json.AddUserPoolClientSecretResponse),
            OperationRow.Of<AdminAddUserToGroup, AdminAddUserToGroupRequest>(Json.AdminAddUserToGroupRequest),
            OperationRow.Of<AdminConfirmSignUp, AdminConfirmSignUpRequest, AdminConfirmSignUpResponse>(Json.AdminConfirmSignUpRequest, Json.AdminConfirmSignUpResponse),
            OperationRow.Of<AdminCreateUser, AdminCreateUserRequest, AdminCreateUserResponse>(Json.AdminCreateUserRequest, Json.AdminCreateUserResponse),
            OperationRow.Of<AdminDeleteSoftwareToken, AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse>(Json.AdminDeleteSoftwareTokenRequest, Json.AdminDeleteSoftwareTokenResponse),
            OperationRow.Of<AdminDeleteUser, AdminDeleteUserRequest>(Json.AdminDeleteUserRequest),
            OperationRow.Of<AdminDeleteUserAttributes, AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse>(Json.AdminDeleteUserAttributesRequest, Json.AdminDeleteUserAttributesResponse),
            OperationRow.Of<AdminDisableProviderForUser, AdminDisableProviderForUserRequest, AdminDisableProviderForUserResponse>(Json.AdminDisableProviderForUserRequest, Json.AdminDisableProviderForUserResponse),
            OperationRow.Of<AdminDisableUser, AdminDisableUserRequest, AdminDisableUserResponse>(Json.AdminDisableUserRequest, Json.AdminDisableUserResponse),
            OperationRow.Of<AdminEnableUser, AdminEnableUserRequest, AdminEnableUserResponse>(Json.AdminEnableUserRequest, Json.AdminEnableUserResponse),
            OperationRow.Of<AdminForgetDevice, AdminForgetDeviceRequest>(Json.AdminForgetDeviceRequest),
            OperationRow.Of<AdminGetDevice, AdminGetDeviceRequest, AdminGetDeviceResponse>(Json.AdminGetDeviceRequest, Json.AdminGetDeviceResponse),
            OperationRow.Of<AdminGetUser, AdminGetUserRequest, AdminGetUserResponse>(Json.AdminGetUserRequest, Json.AdminGetUserResponse),
            OperationRow.Of<AdminGetUserAuthFactors, AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse>(Json.AdminGetUserAuthFactorsRequest, Json.AdminGetUserAuthFactorsResponse),
            OperationRow.Of<AdminInitiateAuth, AdminInitiateAuthRequest, AdminInitiateAuthResponse>(Json.AdminInitiateAuthRequest, Json.AdminInitiateAuthResponse),
            OperationRow.Of<AdminLinkProviderForUser, AdminLinkProviderForUserRequest, AdminLinkProviderForUserResponse>(Json.AdminLinkProviderForUserRequest, Json.AdminLinkProviderForUserResponse),
            OperationRow.Of<AdminListDevices, AdminListDevicesRequest, AdminListDevicesResponse>(Json.AdminListDevicesRequest, Json.AdminListDevicesResponse),
            OperationRow.Of<AdminListGroupsForUser, AdminListGroupsForUserRequest, AdminListGroupsForUserResponse>(Json.AdminListGroupsForUserRequest, Json.AdminListGroupsForUserResponse),
            OperationRow.Of<AdminListUserAuthEvents, AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse>(Json.AdminListUserAuthEventsRequest, Json.AdminListUserAuthEventsResponse),
            OperationRow.Of<AdminListUserSessions, AdminListUserSessionsRequest, AdminListUserSessionsResponse>(Json.AdminListUserSessionsRequest, Json.AdminListUserSessionsResponse),
            OperationRow.Of<AdminRemoveUserFromGroup, AdminRemoveUserFromGroupRequest>(Json.AdminRemoveUserFromGroupRequest),
            OperationRow.Of<AdminResetUserPassword, AdminResetUserPasswordRequest, AdminResetUserPasswordResponse>(Json.AdminResetUserPasswordRequest, Json.AdminResetUserPasswordResponse),
            OperationRow.Of<AdminRespondToAuthChallenge, AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>(Json.AdminRespondToAuthChallengeRequest, Json.AdminRespondToAuthChallengeResponse),
            OperationRow.Of<AdminRevokeUserSession, AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse>(Json.AdminRevokeUserSessionRequest, Json.AdminRevokeUserSessionResponse),
            OperationRow.Of<AdminSetUserMFAPreference, AdminSetUserMFAPreferenceRequest, AdminSetUserMFAPreferenceResponse>(Json.AdminSetUserMFAPreferenceRequest, Json.AdminSetUserMFAPreferenceResponse),
            OperationRow.Of<AdminSetUserPassword, AdminSetUserPasswordRequest, AdminSetUserPasswordResponse>(Json.AdminSetUserPasswordRequest, Json.AdminSetUserPasswordResponse),
            OperationRow.Of<AdminSetUserSettings, AdminSetUserSettingsRequest, AdminSetUserSettingsResponse>(Json.AdminSetUserSettingsRequest, Json.AdminSetUserSettingsResponse),
            OperationRow.Of<AdminUpdateAuthEventFeedback, AdminUpdateAuthEventFeedbackRequest, AdminUpdateAuthEventFeedbackResponse>(Json.AdminUpdateAuthEventFeedbackRequest, Json.AdminUpdateAuthEventFeedbackResponse),
            OperationRow.Of<AdminUpdateDeviceStatus, AdminUpdateDeviceStatusRequest, AdminUpdateDeviceStatusResponse>(Json.AdminUpdateDeviceStatusRequest, Json.AdminUpdateDeviceStatusResponse),
            OperationRow.Of<AdminUpdateUserAttributes, AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse>(Json.AdminUpdateUserAttributesRequest, Json.AdminUpdateUserAttributesResponse),
            OperationRow.Of<AdminUserGlobalSignOut, AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse>(Json.AdminUserGlobalSignOutRequest, Json.AdminUserGlobalSignOutResponse),
            OperationRow.Of<AssociateSoftwareToken, AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse>(Json.AssociateSoftwareTokenRequest, Json.AssociateSoftwareTokenResponse),
            OperationRow.Of<ChangePassword, ChangePasswordRequest, ChangePasswordResponse>(Json.ChangePasswordRequest, Json.ChangePasswordResponse),
            OperationRow.Of<CompleteWebAuthnRegistration, CompleteWebAuthnRegistrationRequest, CompleteWebAuthnRegistrationResponse>(Json.CompleteWebAuthnRegistrationRequest, Json.CompleteWebAuthnRegistrationResponse),
            OperationRow.Of<ConfirmDevice, ConfirmDeviceRequest, ConfirmDeviceResponse>(Json.ConfirmDeviceRequest, Json.ConfirmDeviceResponse),
            OperationRow.Of<ConfirmForgotPassword, ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse>(Json.ConfirmForgotPasswordRequest, Json.ConfirmForgotPasswordResponse),
            OperationRow.Of<ConfirmSignUp, ConfirmSignUpRequest, ConfirmSignUpResponse>(Json.ConfirmSignUpRequest, Json.ConfirmSignUpResponse),
            OperationRow.Of<CreateGroup, CreateGroupRequest, CreateGroupResponse>(Json.CreateGroupRequest, Json.CreateGroupResponse),
            OperationRow.Of<CreateIdentityProvider, CreateIdentityProviderRequest, CreateIdentityProviderResponse>(Json.CreateIdentityProviderRequest, Json.CreateIdentityProviderResponse),
            OperationRow.Of<CreateManagedLoginBranding, CreateManagedLoginBrandingRequest, CreateManagedLoginBrandingResponse>(Json.CreateManagedLoginBrandingRequest, Json.CreateManagedLoginBrandingResponse),
            OperationRow.Of<CreateResourceServer, CreateResourceServerRequest, CreateResourceServerResponse>(Json.CreateResourceServerRequest, Json.CreateResourceServerResponse),
            OperationRow.Of<CreateTerms, CreateTermsRequest, CreateTermsResponse>(Json.CreateTermsRequest, Json.CreateTermsResponse),
            OperationRow.Of<CreateUserImportJob, CreateUserImportJobRequest, CreateUserImportJobResponse>(Json.CreateUserImportJobRequest, Json.CreateUserImportJobResponse),
            OperationRow.Of<CreateUserPool, CreateUserPoolRequest, CreateUserPoolResponse>(Json.CreateUserPoolRequest, Json.CreateUserPoolResponse),
            OperationRow.Of<CreateUserPoolClient, CreateUserPoolClientRequest, CreateUserPoolClientResponse>(Json.CreateUserPoolClientRequest, Json.CreateUserPoolClientResponse),
            OperationRow.Of<CreateUserPoolDomain, CreateUserPoolDomainRequest, CreateUserPoolDomainResponse>(Json.CreateUserPoolDomainRequest, Json.CreateUserPoolDomainResponse),
            OperationRow.Of<CreateUserPoolReplica, CreateUserPoolReplicaRequest, CreateUserPoolReplicaResponse>(Json.CreateUserPoolReplicaRequest, Json.CreateUserPoolReplicaResponse),
            OperationRow.Of<DeleteGroup, DeleteGroupRequest>(Json.DeleteGroupRequest),
            OperationRow.Of<DeleteIdentityProvider, DeleteIdentityProviderRequest>(Json.DeleteIdentityProviderRequest),
            OperationRow.Of<DeleteManagedLoginBranding, DeleteManagedLoginBrandingRequest>(Json.DeleteManagedLoginBrandingRequest),
            OperationRow.Of<DeleteResourceServer, DeleteResourceServerRequest>(Json.DeleteResourceServerRequest),
            OperationRow.Of<DeleteTerms, DeleteTermsRequest>(Json.DeleteTermsRequest),
            OperationRow.Of<DeleteUser, DeleteUserRequest>(Json.DeleteUserRequest),
            OperationRow.Of<DeleteUserAttributes, DeleteUserAttributesRequest, DeleteUserAttributesResponse>(Json.DeleteUserAttributesRequest, Json.DeleteUserAttributesResponse),
            OperationRow.Of<DeleteUserPool, DeleteUserPoolRequest>(Json.DeleteUserPoolRequest),
            OperationRow.Of<DeleteUserPoolClient, DeleteUserPoolClientRequest>(Json.DeleteUserPoolClientRequest),
            OperationRow.Of<DeleteUserPoolClientSecret, DeleteUserPoolClientSecretRequest, DeleteUserPoolClientSecretResponse>(Json.DeleteUserPoolClientSecretRequest, Json.DeleteUserPoolClientSecretResponse),
            OperationRow.Of<DeleteUserPoolDomain, DeleteUserPoolDomainRequest, DeleteUserPoolDomainResponse>(Json.DeleteUserPoolDomainRequest, Json.DeleteUserPoolDomainResponse),
            OperationRow.Of<DeleteUserPoolReplica, DeleteUserPoolReplicaRequest, DeleteUserPoolReplicaResponse>(Json.DeleteUserPoolReplicaRequest, Json.DeleteUserPoolReplicaResponse),
            OperationRow.Of<DeleteWebAuthnCredential, DeleteWebAuthnCredentialRequest, DeleteWebAuthnCredentialResponse>(Json.DeleteWebAuthnCredentialRequest, Json.DeleteWebAuthnCredentialResponse),
            OperationRow.Of<DescribeIdentityProvider, DescribeIdentityProviderRequest, DescribeIdentityProviderResponse>(Json.DescribeIdentityProviderRequest, Json.DescribeIdentityProviderResponse),
            OperationRow.Of<DescribeManagedLoginBranding, DescribeManagedLoginBrandingRequest, DescribeManagedLoginBrandingResponse>(Json.DescribeManagedLoginBrandingRequest, Json.DescribeManagedLoginBrandingResponse),
            OperationRow.Of<DescribeManagedLoginBrandingByClient, DescribeManagedLoginBrandingByClientRequest, DescribeManagedLoginBrandingByClientResponse>(Json.DescribeManagedLoginBrandingByClientRequest, Json.DescribeManagedLoginBrandingByClientResponse),
            OperationRow.Of<DescribeResourceServer, DescribeResourceServerRequest, DescribeResourceServerResponse>(Json.DescribeResourceServerRequest, Json.DescribeResourceServerResponse),
            OperationRow.Of<DescribeRiskConfiguration, DescribeRiskConfigurationRequest, DescribeRiskConfigurationResponse>(Json.DescribeRiskConfigurationRequest, Json.DescribeRiskConfigurationResponse),
            OperationRow.Of<DescribeTerms, DescribeTermsRequest, DescribeTermsResponse>(Json.DescribeTermsRequest, Json.DescribeTermsResponse),
            OperationRow.Of<DescribeTermsByClient, DescribeTermsByClientRequest, DescribeTermsByClientResponse>(Json.DescribeTermsByClientRequest, Json.DescribeTermsByClientResponse),
            OperationRow.Of<DescribeUserImportJob, DescribeUserImportJobRequest, DescribeUserImportJobResponse>(Json.DescribeUserImportJobRequest, Json.DescribeUserImportJobResponse),
            OperationRow.Of<DescribeUserPool, DescribeUserPoolRequest, DescribeUserPoolResponse>(Json.DescribeUserPoolRequest, Json.DescribeUserPoolResponse),
            OperationRow.Of<DescribeUserPoolClient, DescribeUserPoolClientRequest, DescribeUserPoolClientResponse>(Json.DescribeUserPoolClientRequest, Json.DescribeUserPoolClientResponse),
            OperationRow.Of<DescribeUserPoolDomain, DescribeUserPoolDomainRequest, DescribeUserPoolDomainResponse>(Json.DescribeUserPoolDomainRequest, Json.DescribeUserPoolDomainResponse),
            OperationRow.Of<ForgetDevice, ForgetDeviceRequest>(Json.ForgetDeviceRequest),
            OperationRow.Of<ForgotPassword, ForgotPasswordRequest, ForgotPasswordResponse>(Json.ForgotPasswordRequest, Json.ForgotPasswordResponse),
            OperationRow.Of<GetCSVHeader, GetCSVHeaderRequest, GetCSVHeaderResponse>(Json.GetCSVHeaderRequest, Json.GetCSVHeaderResponse),
            OperationRow.Of<GetClientToken, GetClientTokenRequest, GetClientTokenResponse>(Json.GetClientTokenRequest, Json.GetClientTokenResponse),
            OperationRow.Of<GetDevice, GetDeviceRequest, GetDeviceResponse>(Json.GetDeviceRequest, Json.GetDeviceResponse),
            OperationRow.Of<GetGroup, GetGroupRequest, GetGroupResponse>(Json.GetGroupRequest, Json.GetGroupResponse),
            OperationRow.Of<GetIdentityProviderByIdentifier, GetIdentityProviderByIdentifierRequest, GetIdentityProviderByIdentifierResponse>(Json.GetIdentityProviderByIdentifierRequest, Json.GetIdentityProviderByIdentifierResponse),
            OperationRow.Of<GetLogDeliveryConfiguration, GetLogDeliveryConfigurationRequest, GetLogDeliveryConfigurationResponse>(Json.GetLogDeliveryConfigurationRequest, Json.GetLogDeliveryConfigurationResponse),
            OperationRow.Of<GetProvisionedLimit, GetProvisionedLimitRequest, GetProvisionedLimitResponse>(Json.GetProvisionedLimitRequest, Json.GetProvisionedLimitResponse),
            OperationRow.Of<GetSigningCertificate, GetSigningCertificateRequest, GetSigningCertificateResponse>(Json.GetSigningCertificateRequest, Json.GetSigningCertificateResponse),
            OperationRow.Of<GetTokensFromRefreshToken, GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse>(Json.GetTokensFromRefreshTokenRequest, Json.GetTokensFromRefreshTokenResponse),
            OperationRow.Of<GetUICustomization, GetUICustomizationRequest, GetUICustomizationResponse>(Json.GetUICustomizationRequest, Json.GetUICustomizationResponse),
            OperationRow.Of<GetUser, GetUserRequest, GetUserResponse>(Json.GetUserRequest, Json.GetUserResponse),
            OperationRow.Of<GetUserAttributeVerificationCode, GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse>(Json.GetUserAttributeVerificationCodeRequest, Json.GetUserAttributeVerificationCodeResponse),
            OperationRow.Of<GetUserAuthFactors, GetUserAuthFactorsRequest, GetUserAuthFactorsResponse>(Json.GetUserAuthFactorsRequest, Json.GetUserAuthFactorsResponse),
            OperationRow.Of<GetUserPoolClientSessionConfiguration, GetUserPoolClientSessionConfigurationRequest, GetUserPoolClientSessionConfigurationResponse>(Json.GetUserPoolClientSessionConfigurationRequest, Json.GetUserPoolClientSessionConfigurationResponse),
            OperationRow.Of<GetUserPoolMfaConfig, GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse>(Json.GetUserPoolMfaConfigRequest, Json.GetUserPoolMfaConfigResponse),
            OperationRow.Of<GetUserPoolSessionConfiguration, GetUserPoolSessionConfigurationRequest, GetUserPoolSessionConfigurationResponse>(Json.GetUserPoolSessionConfigurationRequest, Json.GetUserPoolSessionConfigurationResponse),
            OperationRow.Of<GlobalSignOut, GlobalSignOutRequest, GlobalSignOutResponse>(Json.GlobalSignOutRequest, Json.GlobalSignOutResponse),
            OperationRow.Of<InitiateAuth, InitiateAuthRequest, InitiateAuthResponse>(Json.InitiateAuthRequest, Json.InitiateAuthResponse),
            OperationRow.Of<ListDevices, ListDevicesRequest, ListDevicesResponse>(Json.ListDevicesRequest, Json.ListDevicesResponse),
            OperationRow.Of<ListGroups, ListGroupsRequest, ListGroupsResponse>(Json.ListGroupsRequest, Json.ListGroupsResponse),
            OperationRow.Of<ListIdentityProviders, ListIdentityProvidersRequest, ListIdentityProvidersResponse>(Json.ListIdentityProvidersRequest, Json.ListIdentityProvidersResponse),
            OperationRow.Of<ListResourceServers, ListResourceServersRequest, ListResourceServersResponse>(Json.ListResourceServersRequest, Json.ListResourceServersResponse),
            OperationRow.Of<ListTagsForResource, ListTagsForResourceRequest, ListTagsForResourceResponse>(Json.ListTagsForResourceRequest, Json.ListTagsForResourceResponse),
            OperationRow.Of<ListTerms, ListTermsRequest, ListTermsResponse>(Json.ListTermsRequest, Json.ListTermsResponse),
            OperationRow.Of<ListUserImportJobs, ListUserImportJobsRequest, ListUserImportJobsResponse>(Json.ListUserImportJobsRequest, Json.ListUserImportJobsResponse),
            OperationRow.Of<ListUserPoolClientSecrets, ListUserPoolClientSecretsRequest, ListUserPoolClientSecretsResponse>(Json.ListUserPoolClientSecretsRequest, Json.ListUserPoolClientSecretsResponse),
            OperationRow.Of<ListUserPoolClients, ListUserPoolClientsRequest, ListUserPoolClientsResponse>(Json.ListUserPoolClientsRequest, Json.ListUserPoolClientsResponse),
            OperationRow.Of<ListUserPoolReplicas, ListUserPoolReplicasRequest, ListUserPoolReplicasResponse>(Json.ListUserPoolReplicasRequest, Json.ListUserPoolReplicasResponse),
            OperationRow.Of<ListUserPools, ListUserPoolsRequest, ListUserPoolsResponse>(Json.ListUserPoolsRequest, Json.ListUserPoolsResponse),
            OperationRow.Of<ListUserSessions, ListUserSessionsRequest, ListUserSessionsResponse>(Json.ListUserSessionsRequest, Json.ListUserSessionsResponse),
            OperationRow.Of<ListUsers, ListUsersRequest, ListUsersResponse>(Json.ListUsersRequest, Json.ListUsersResponse),
            OperationRow.Of<ListUsersInGroup, ListUsersInGroupRequest, ListUsersInGroupResponse>(Json.ListUsersInGroupRequest, Json.ListUsersInGroupResponse),
            OperationRow.Of<ListWebAuthnCredentials, ListWebAuthnCredentialsRequest, ListWebAuthnCredentialsResponse>(Json.ListWebAuthnCredentialsRequest, Json.ListWebAuthnCredentialsResponse),
            OperationRow.Of<ResendConfirmationCode, ResendConfirmationCodeRequest, ResendConfirmationCodeResponse>(Json.ResendConfirmationCodeRequest, Json.ResendConfirmationCodeResponse),
            OperationRow.Of<RespondToAuthChallenge, RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>(Json.RespondToAuthChallengeRequest, Json.RespondToAuthChallengeResponse),
            OperationRow.Of<RevokeToken, RevokeTokenRequest, RevokeTokenResponse>(Json.RevokeTokenRequest, Json.RevokeTokenResponse),
            OperationRow.Of<RevokeUserSession, RevokeUserSessionRequest, RevokeUserSessionResponse>(Json.RevokeUserSessionRequest, Json.RevokeUserSessionResponse),
            OperationRow.Of<SetLogDeliveryConfiguration, SetLogDeliveryConfigurationRequest, SetLogDeliveryConfigurationResponse>(Json.SetLogDeliveryConfigurationRequest, Json.SetLogDeliveryConfigurationResponse),
            OperationRow.Of<SetRiskConfiguration, SetRiskConfigurationRequest, SetRiskConfigurationResponse>(Json.SetRiskConfigurationRequest, Json.SetRiskConfigurationResponse),
            OperationRow.Of<SetUICustomization, SetUICustomizationRequest, SetUICustomizationResponse>(Json.SetUICustomizationRequest, Json.SetUICustomizationResponse),
            OperationRow.Of<SetUserMFAPreference, SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse>(Json.SetUserMFAPreferenceRequest, Json.SetUserMFAPreferenceResponse),
            OperationRow.Of<SetUserPoolClientSessionConfiguration, SetUserPoolClientSessionConfigurationRequest, SetUserPoolClientSessionConfigurationResponse>(Json.SetUserPoolClientSessionConfigurationRequest, Json.SetUserPoolClientSessionConfigurationResponse),
            OperationRow.Of<SetUserPoolMfaConfig, SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse>(Json.SetUserPoolMfaConfigRequest, Json.SetUserPoolMfaConfigResponse),
            OperationRow.Of<SetUserPoolSessionConfiguration, SetUserPoolSessionConfigurationRequest, SetUserPoolSessionConfigurationResponse>(Json.SetUserPoolSessionConfigurationRequest, Json.SetUserPoolSessionConfigurationResponse),
            OperationRow.Of<SetUserSettings, SetUserSettingsRequest, SetUserSettingsResponse>(Json.SetUserSettingsRequest, Json.SetUserSettingsResponse),
            OperationRow.Of<SignUp, SignUpRequest, SignUpResponse>(Json.SignUpRequest, Json.SignUpResponse),
            OperationRow.Of<StartUserImportJob, StartUserImportJobRequest, StartUserImportJobResponse>(Json.StartUserImportJobRequest, Json.StartUserImportJobResponse),
            OperationRow.Of<StartWebAuthnRegistration, StartWebAuthnRegistrationRequest, StartWebAuthnRegistrationResponse>(Json.StartWebAuthnRegistrationRequest, Json.StartWebAuthnRegistrationResponse),
            OperationRow.Of<StopUserImportJob, StopUserImportJobRequest, StopUserImportJobResponse>(Json.StopUserImportJobRequest, Json.StopUserImportJobResponse),
            OperationRow.Of<TagResource, TagResourceRequest, TagResourceResponse>(Json.TagResourceRequest, Json.TagResourceResponse),
            OperationRow.Of<UntagResource, UntagResourceRequest, UntagResourceResponse>(Json.UntagResourceRequest, Json.UntagResourceResponse),
            OperationRow.Of<UpdateAuthEventFeedback, UpdateAuthEventFeedbackRequest, UpdateAuthEventFeedbackResponse>(Json.UpdateAuthEventFeedbackRequest, Json.UpdateAuthEventFeedbackResponse),
            OperationRow.Of<UpdateDeviceStatus, UpdateDeviceStatusRequest, UpdateDeviceStatusResponse>(Json.UpdateDeviceStatusRequest, Json.UpdateDeviceStatusResponse),
            OperationRow.Of<UpdateGroup, UpdateGroupRequest, UpdateGroupResponse>(Json.UpdateGroupRequest, Json.UpdateGroupResponse),
            OperationRow.Of<UpdateIdentityProvider, UpdateIdentityProviderRequest, UpdateIdentityProviderResponse>(Json.UpdateIdentityProviderRequest, Json.UpdateIdentityProviderResponse),
            OperationRow.Of<UpdateManagedLoginBranding, UpdateManagedLoginBrandingRequest, UpdateManagedLoginBrandingResponse>(Json.UpdateManagedLoginBrandingRequest, Json.UpdateManagedLoginBrandingResponse),
            OperationRow.Of<UpdateProvisionedLimit, UpdateProvisionedLimitRequest, UpdateProvisionedLimitResponse>(Json.UpdateProvisionedLimitRequest, Json.UpdateProvisionedLimitResponse),
            OperationRow.Of<UpdateResourceServer, UpdateResourceServerRequest, UpdateResourceServerResponse>(Json.UpdateResourceServerRequest, Json.UpdateResourceServerResponse),
            OperationRow.Of<UpdateTerms, UpdateTermsRequest, UpdateTermsResponse>(Json.UpdateTermsRequest, Json.UpdateTermsResponse),
            OperationRow.Of<UpdateUserAttributes, UpdateUserAttributesRequest, UpdateUserAttributesResponse>(Json.UpdateUserAttributesRequest, Json.UpdateUserAttributesResponse),
            OperationRow.Of<UpdateUserPool, UpdateUserPoolRequest, UpdateUserPoolResponse>(Json.UpdateUserPoolRequest, Json.UpdateUserPoolResponse),
            OperationRow.Of<UpdateUserPoolClient, UpdateUserPoolClientRequest, UpdateUserPoolClientResponse>(Json.UpdateUserPoolClientRequest, Json.UpdateUserPoolClientResponse),
            OperationRow.Of<UpdateUserPoolDomain, UpdateUserPoolDomainRequest, UpdateUserPoolDomainResponse>(Json.UpdateUserPoolDomainRequest, Json.UpdateUserPoolDomainResponse),
            OperationRow.Of<UpdateUserPoolReplica, UpdateUserPoolReplicaRequest, UpdateUserPoolReplicaResponse>(Json.UpdateUserPoolReplicaRequest, Json.UpdateUserPoolReplicaResponse),
            OperationRow.Of<VerifySoftwareToken, VerifySoftwareTokenRequest, VerifySoftwareTokenResponse>(Json.VerifySoftwareTokenRequest, Json.VerifySoftwareTokenResponse),
            OperationRow.Of<VerifyUserAttribute, VerifyUserAttributeRequest, VerifyUserAttributeResponse>(Json.VerifyUserAttributeRequest, Json.VerifyUserAttributeResponse),
        ]);
}
