using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito.UserImports;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Removes a pool with everything in it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html</summary>
internal sealed class DeleteUserPool(IDatabase database, Catalog catalog) : IOperation<DeleteUserPoolRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteUserPoolRequest request, CallContext call, CancellationToken ct)
    {
        var id = new PoolId(request.UserPoolId!);
        var (isFound, isProtected) = await database.WriteAsync(unit => DeleteAsync(unit, id, ct), ct);
        if (!isFound) throw CognitoException.ResourceNotFound($"User pool {id} does not exist.");
        if (isProtected)
        {
            throw CognitoException.InvalidParameter(
                "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.");
        }

        catalog.Forget();
        return NoOutput.Instance;
    }

    private static async ValueTask<(bool IsFound, bool IsProtected)> DeleteAsync(IUnitOfWork unit, PoolId id, CancellationToken ct)
    {
        if (await unit.Pools.FindAsync(id, ct) is { Settings.HasDeletionProtection: true }) return (true, true);
        await ImportJobs.DemandNoneAsync(unit, id, ct);
        // Observed: whoever relies on the address must give it up first.
        if (await unit.Documents.CountAsync(id, DocumentKind.Domain, ct) > 0)
            throw CognitoException.InvalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.");
        return (await unit.Pools.DeleteAsync(id, ct), false);
    }
}
