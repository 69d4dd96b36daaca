using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Replicas;

/// <summary>No pool has a replica, so none is ever found. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolReplica.html</summary>
internal sealed class UpdateUserPoolReplica(Resources resources) : IOperation<UpdateUserPoolReplicaRequest, UpdateUserPoolReplicaResponse>
{
    public async ValueTask<UpdateUserPoolReplicaResponse> HandleAsync(UpdateUserPoolReplicaRequest request, CallContext call, CancellationToken ct)
    {
        await resources.PoolAsync(request.UserPoolId!, ct);
        throw CognitoException.ResourceNotFound($"User pool {request.UserPoolId} has no replica in {request.RegionName}.");
    }
}
