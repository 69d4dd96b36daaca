using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>A pool's second factors. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html</summary>
internal sealed class GetUserPoolMfaConfig(Resources resources) : IOperation<GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse>
{
    public async ValueTask<GetUserPoolMfaConfigResponse> HandleAsync(GetUserPoolMfaConfigRequest request, CallContext call, CancellationToken ct) =>
        MfaMapping.Config((await resources.PoolAsync(request.UserPoolId!, ct)).Settings);
}
