using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>A resource server with its scopes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html</summary>
internal sealed class DescribeResourceServer(PoolDocuments documents) : IOperation<DescribeResourceServerRequest, DescribeResourceServerResponse>
{
    public async ValueTask<DescribeResourceServerResponse> HandleAsync(DescribeResourceServerRequest request, CallContext call, CancellationToken ct)
    {
        var document = await documents.FindAsync(request.UserPoolId!, DocumentKind.ResourceServer, request.Identifier!, ct)
            ?? throw ResourceServerMapping.NotFound(request.Identifier!);
        return new DescribeResourceServerResponse { ResourceServer = ResourceServerMapping.ToWire(document) };
    }
}
