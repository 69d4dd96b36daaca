using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Replicas;

/// <summary>
/// Always refused: a pool lives in one database, which all nodes share, and there is no second region to copy it to.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolReplica.html
/// </summary>
internal sealed class CreateUserPoolReplica(Resources resources) : IOperation<CreateUserPoolReplicaRequest, CreateUserPoolReplicaResponse>
{
    public async ValueTask<CreateUserPoolReplicaResponse> HandleAsync(CreateUserPoolReplicaRequest request, CallContext call, CancellationToken ct)
    {
        await resources.PoolAsync(request.UserPoolId!, ct);
        throw CognitoException.OperationNotEnabled("This server has no other regions: run more nodes on one database, and replicate the database.");
    }
}
