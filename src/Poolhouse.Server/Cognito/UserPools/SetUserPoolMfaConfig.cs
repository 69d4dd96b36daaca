using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Replaces a pool's second factors. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html</summary>
internal sealed class SetUserPoolMfaConfig(ConfigurationChanges changes) : IOperation<SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse>
{
    public async ValueTask<SetUserPoolMfaConfigResponse> HandleAsync(SetUserPoolMfaConfigRequest request, CallContext call, CancellationToken ct)
    {
        Unsupported.Refuse(request);
        var pool = await changes.ChangePoolAsync(request.UserPoolId!, (stores, pool) => ReplaceAsync(stores, pool, request, ct), call.Now, ct);
        var config = MfaMapping.Config(pool.Settings);
        return new SetUserPoolMfaConfigResponse
        {
            MfaConfiguration = config.MfaConfiguration,
            SmsMfaConfiguration = config.SmsMfaConfiguration,
            SoftwareTokenMfaConfiguration = config.SoftwareTokenMfaConfiguration,
            EmailMfaConfiguration = config.EmailMfaConfiguration,
            WebAuthnConfiguration = config.WebAuthnConfiguration,
        };
    }

    private static async ValueTask<UserPool> ReplaceAsync(IStores stores, UserPool pool, SetUserPoolMfaConfigRequest request, CancellationToken ct)
    {
        var settings = MfaReading.Read(pool.Settings, request);
        return TierFeatures.Problem(settings, await stores.Clients.ListAllAsync(pool.Id, ct)) is { } problem
            ? throw CognitoException.FeatureUnavailableInTier(problem)
            : pool with { Settings = settings };
    }
}
