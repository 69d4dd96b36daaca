using Poolhouse.Core.Documents;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>Makes a resource server with scopes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html</summary>
internal sealed class CreateResourceServer(PoolDocuments documents) : IOperation<CreateResourceServerRequest, CreateResourceServerResponse>
{
    // Quota of Cognito: resource servers per user pool.
    private const int Most = 25;

    public async ValueTask<CreateResourceServerResponse> HandleAsync(CreateResourceServerRequest request, CallContext call, CancellationToken ct)
    {
        var server = ResourceServerMapping.Read(request.Name!, request.Scopes);
        var document = PoolDocuments.New(DocumentTypes.ResourceServer, request.UserPoolId!, request.Identifier!, server, call.Now);
        return await documents.CreateAsync(document, [], (Most, "resource servers"), ct) == SaveDocumentOutcome.Saved
            ? new CreateResourceServerResponse { ResourceServer = ResourceServerMapping.ToWire(document) }
            : throw CognitoException.InvalidParameter($"{request.Identifier} already exists in user pool {request.UserPoolId}.");
    }
}
