using IdentityPool = Poolhouse.Core.Identities.IdentityPool;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;
using WirePool = Poolhouse.Protocol.CognitoIdentity.IdentityPool;

namespace Poolhouse.Server.CognitoIdentity.IdentityPools;

/// <summary>Makes an identity pool. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html</summary>
internal sealed class CreateIdentityPool(IDatabase database, IdentityPoolReading reading, IdentityPoolIds ids) : IOperation<CreateIdentityPoolInput, WirePool>
{
    // Quotas in Amazon Cognito.
    private const int MostPools = 1000;

    public async ValueTask<WirePool> HandleAsync(CreateIdentityPoolInput request, CallContext call, CancellationToken ct)
    {
        var pool = new IdentityPool
        {
            Id = ids.NewPool(),
            Name = request.IdentityPoolName!,
            Settings = reading.Settings(Replaceable(request), new IdentityPoolSettings()),
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
        var isMade = await database.WriteAsync(
            async unit => await unit.IdentityPools.CountAsync(ct) < MostPools && await unit.IdentityPools.CreateAsync(pool, ct), ct);
        return isMade ? IdentityMapping.ToWire(pool) : throw CognitoException.LimitExceeded($"There can be at most {MostPools} identity pools.");
    }

    // A creation is an update of a pool that has nothing but defaults.
    private static WirePool Replaceable(CreateIdentityPoolInput request) => new()
    {
        AllowUnauthenticatedIdentities = request.AllowUnauthenticatedIdentities,
        AllowClassicFlow = request.AllowClassicFlow,
        SupportedLoginProviders = request.SupportedLoginProviders,
        DeveloperProviderName = request.DeveloperProviderName,
        OpenIdConnectProviderARNs = request.OpenIdConnectProviderARNs,
        CognitoIdentityProviders = request.CognitoIdentityProviders,
        SamlProviderARNs = request.SamlProviderARNs,
        IdentityPoolTags = request.IdentityPoolTags,
    };
}
