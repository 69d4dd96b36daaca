using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>A user with all attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html</summary>
internal sealed class AdminGetUser(Resources resources) : IOperation<AdminGetUserRequest, AdminGetUserResponse>
{
    public async ValueTask<AdminGetUserResponse> HandleAsync(AdminGetUserRequest request, CallContext call, CancellationToken ct)
    {
        var (_, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        return new AdminGetUserResponse
        {
            Username = user.Username,
            UserAttributes = UserMapping.Attributes(user),
            UserCreateDate = user.CreatedAt,
            UserLastModifiedDate = user.ModifiedAt,
            Enabled = user.IsEnabled,
            UserStatus = UserMapping.Status(user.Status),
            MFAOptions = UserMapping.MfaOptions(user),
            PreferredMfaSetting = user.Mfa.Preferred,
            UserMFASettingList = UserMapping.MfaSettings(user),
        };
    }
}
