using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Replicas;

/// <summary>No pool has a replica. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html</summary>
internal sealed class ListUserPoolReplicas(Resources resources, PageTokens tokens) : IOperation<ListUserPoolReplicasRequest, ListUserPoolReplicasResponse>
{
    public async ValueTask<ListUserPoolReplicasResponse> HandleAsync(ListUserPoolReplicasRequest request, CallContext call, CancellationToken ct)
    {
        await resources.PoolAsync(request.UserPoolId!, ct);
        // None is ever given out, so this refuses whatever is sent.
        tokens.Open(request.NextToken, nameof(ListUserPoolReplicas));
        return new ListUserPoolReplicasResponse { UserPoolReplicas = [] };
    }
}
