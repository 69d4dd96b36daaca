using Poolhouse.Core.Documents;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.ResourceServers;

/// <summary>A pool's resource servers, by identifier. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html</summary>
internal sealed class ListResourceServers(PoolDocuments documents, PageTokens tokens) : IOperation<ListResourceServersRequest, ListResourceServersResponse>
{
    private const int DefaultPage = 50;

    public async ValueTask<ListResourceServersResponse> HandleAsync(ListResourceServersRequest request, CallContext call, CancellationToken ct)
    {
        var after = tokens.Open(request.NextToken, nameof(ListResourceServers), request.UserPoolId);
        var page = await documents.ListAsync(request.UserPoolId!, DocumentKind.ResourceServer, request.MaxResults ?? DefaultPage, after, ct);
        return new ListResourceServersResponse
        {
            ResourceServers = [.. page.Items.Select(ResourceServerMapping.ToWire)],
            NextToken = tokens.Seal(page.Next, nameof(ListResourceServers), request.UserPoolId),
        };
    }
}
