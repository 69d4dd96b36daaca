using Poolhouse.Core.Passkeys;
using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>What the caller can sign in with. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAuthFactors.html</summary>
internal sealed class GetUserAuthFactors(UserPasskeys passkeys) : IOperation<GetUserAuthFactorsRequest, GetUserAuthFactorsResponse>
{
    public async ValueTask<GetUserAuthFactorsResponse> HandleAsync(GetUserAuthFactorsRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, _, user, _) = call.Caller;
        return new GetUserAuthFactorsResponse
        {
            Username = user.Username,
            PreferredMfaSetting = user.Mfa.Preferred,
            UserMFASettingList = UserMapping.MfaSettings(user),
            ConfiguredUserAuthFactors = FirstFactorRules.Configured(pool, user, (await passkeys.UsableAsync(pool, user, ct)).Count > 0),
        };
    }
}
