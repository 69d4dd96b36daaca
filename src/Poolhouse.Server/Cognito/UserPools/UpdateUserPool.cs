using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.UserImports;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>
/// Replaces a pool's configuration: what is omitted returns to its default, the name excepted.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
/// </summary>
internal sealed class UpdateUserPool(ConfigurationChanges changes) : IOperation<UpdateUserPoolRequest, UpdateUserPoolResponse>
{
    public async ValueTask<UpdateUserPoolResponse> HandleAsync(UpdateUserPoolRequest request, CallContext call, CancellationToken ct)
    {
        var settings = UserPoolReading.Settings(request);
        await changes.ChangePoolAsync(request.UserPoolId!, (stores, pool) => ReplaceAsync(stores, pool, settings, request.PoolName, ct), call.Now, ct);
        return new UpdateUserPoolResponse();
    }

    private static async ValueTask<UserPool> ReplaceAsync(IStores stores, UserPool pool, PoolSettings settings, string? name, CancellationToken ct)
    {
        await ImportJobs.DemandNoneAsync(stores, pool.Id, ct);
        settings = MfaReading.Updated(pool.Settings, settings) with { Sessions = pool.Settings.Sessions };
        if (TierFeatures.Problem(settings, await stores.Clients.ListAllAsync(pool.Id, ct)) is { } problem)
            throw pool.Settings.Tier == settings.Tier ? CognitoException.FeatureUnavailableInTier(problem) : CognitoException.TierChangeNotAllowed(problem);
        return pool with { Name = name ?? pool.Name, Settings = settings };
    }
}
