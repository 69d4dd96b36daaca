using Poolhouse.Core.Passkeys;
using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>What a user can sign in with. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUserAuthFactors.html</summary>
internal sealed class AdminGetUserAuthFactors(Resources resources, UserPasskeys passkeys) : IOperation<AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse>
{
    public async ValueTask<AdminGetUserAuthFactorsResponse> HandleAsync(AdminGetUserAuthFactorsRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        return new AdminGetUserAuthFactorsResponse
        {
            Username = user.Username,
            PreferredMfaSetting = user.Mfa.Preferred,
            UserMFASettingList = UserMapping.MfaSettings(user),
            ConfiguredUserAuthFactors = FirstFactorRules.Configured(pool, user, (await passkeys.UsableAsync(pool, user, ct)).Count > 0),
        };
    }
}
