using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>Removes a client; its refresh tokens go with it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html</summary>
internal sealed class DeleteUserPoolClient(IDatabase database, Catalog catalog) : IOperation<DeleteUserPoolClientRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteUserPoolClientRequest request, CallContext call, CancellationToken ct)
    {
        var client = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            return await ConfigurationChanges.ClientAsync(stores, pool, request.ClientId!, ct);
        }, ct);
        // Whoever finds it gone already wanted the same.
        await database.WriteAsync(unit => unit.Clients.DeleteAsync(client.Id, ct), ct);
        catalog.Forget();
        return NoOutput.Instance;
    }
}
