using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>Removes a resource server. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html</summary>
internal sealed class DeleteResourceServer(PoolDocuments documents) : IOperation<DeleteResourceServerRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteResourceServerRequest request, CallContext call, CancellationToken ct) =>
        await documents.DeleteAsync(request.UserPoolId!, DocumentKind.ResourceServer, request.Identifier!, ct)
            ? NoOutput.Instance
            : throw ResourceServerMapping.NotFound(request.Identifier!);
}
