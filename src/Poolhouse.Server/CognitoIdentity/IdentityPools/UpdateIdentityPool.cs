using Poolhouse.Server.Wire;
using WirePool = Poolhouse.Protocol.CognitoIdentity.IdentityPool;

namespace Poolhouse.Server.CognitoIdentity.IdentityPools;

/// <summary>Replaces an identity pool's settings; roles and tag maps have operations of their own. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UpdateIdentityPool.html</summary>
internal sealed class UpdateIdentityPool(IdentityPoolChanges changes, IdentityPoolReading reading) : IOperation<WirePool, WirePool>
{
    public async ValueTask<WirePool> HandleAsync(WirePool request, CallContext call, CancellationToken ct) => IdentityMapping.ToWire(await changes.ChangeAsync(
        request.IdentityPoolId!,
        pool => pool with { Name = request.IdentityPoolName!, Settings = reading.Settings(request, pool.Settings) },
        call.Now,
        ct));
}
