using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Makes a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html</summary>
internal sealed class CreateUserPool(IDatabase database, Catalog catalog, ResourceIds ids) : IOperation<CreateUserPoolRequest, CreateUserPoolResponse>
{
    public async ValueTask<CreateUserPoolResponse> HandleAsync(CreateUserPoolRequest request, CallContext call, CancellationToken ct)
    {
        UserPoolReading.DemandOneKindOfName(request);
        var pool = new UserPool
        {
            Id = ids.NewPool(),
            Name = request.PoolName!,
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
            UsernameAttributes = [.. (request.UsernameAttributes ?? []).Distinct(StringComparer.Ordinal)],
            AliasAttributes = [.. (request.AliasAttributes ?? []).Distinct(StringComparer.Ordinal)],
            IsCaseSensitive = request.UsernameConfiguration?.CaseSensitive ?? false,
            HasUsernameConfiguration = request.UsernameConfiguration is not null,
            Schema = SchemaReading.Schema(request.Schema),
            Settings = UserPoolReading.Settings(UserPoolReading.Replaceable(request)),
        };
        MfaReading.Demand(pool.Settings);
        if (TierFeatures.Problem(pool.Settings, []) is { } problem) throw CognitoException.FeatureUnavailableInTier(problem);
        if (!await database.WriteAsync(unit => unit.Pools.CreateAsync(pool, ct), ct))
            throw new InvalidOperationException($"The new pool's id {pool.Id} is taken.");
        catalog.Forget();
        return new CreateUserPoolResponse { UserPool = UserPoolMapping.Created(pool, ids.Arn(pool.Id)) };
    }
}
