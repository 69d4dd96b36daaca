using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>Replaces a resource server's name and scopes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html</summary>
internal sealed class UpdateResourceServer(PoolDocuments documents) : IOperation<UpdateResourceServerRequest, UpdateResourceServerResponse>
{
    public async ValueTask<UpdateResourceServerResponse> HandleAsync(UpdateResourceServerRequest request, CallContext call, CancellationToken ct)
    {
        var json = DocumentTypes.ResourceServer.Write(ResourceServerMapping.Read(request.Name!, request.Scopes));
        var (_, document) = await documents.ChangeAsync(
            request.UserPoolId!, DocumentKind.ResourceServer, request.Identifier!, (_, found) => (found with { Json = json }, []), call.Now, ct);
        return new UpdateResourceServerResponse
        {
            ResourceServer = ResourceServerMapping.ToWire(document ?? throw ResourceServerMapping.NotFound(request.Identifier!)),
        };
    }
}
