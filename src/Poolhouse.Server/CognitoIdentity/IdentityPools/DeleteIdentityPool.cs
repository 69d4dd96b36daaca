using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.IdentityPools;

/// <summary>Removes an identity pool with all its identities. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentityPool.html</summary>
internal sealed class DeleteIdentityPool(IDatabase database) : IOperation<DeleteIdentityPoolInput, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteIdentityPoolInput request, CallContext call, CancellationToken ct)
    {
        var id = new IdentityPoolId(request.IdentityPoolId!);
        return await database.WriteAsync(unit => unit.IdentityPools.DeleteAsync(id, ct), ct)
            ? NoOutput.Instance
            : throw IdentityRefusals.Of(new IdentityRefusal.PoolNotFound(id));
    }
}
