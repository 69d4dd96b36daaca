using Poolhouse.Core.Clients;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>Answers a pool's clients, by id. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html</summary>
internal sealed class ListUserPoolClients(IDatabase database, PageTokens tokens) : IOperation<ListUserPoolClientsRequest, ListUserPoolClientsResponse>
{
    private const int DefaultPage = 60;

    public async ValueTask<ListUserPoolClientsResponse> HandleAsync(ListUserPoolClientsRequest request, CallContext call, CancellationToken ct)
    {
        var after = tokens.Open(request.NextToken, nameof(ListUserPoolClients), request.UserPoolId, request.ClientType);
        var page = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            // Nobody can register a client dynamically here, so there is none of that type.
            return request.ClientType == "DCR"
                ? new Page<AppClient>([], null)
                : await stores.Clients.ListAsync(pool.Id, request.MaxResults ?? DefaultPage, after, ct);
        }, ct);
        return new ListUserPoolClientsResponse
        {
            UserPoolClients = [.. page.Items.Select(ClientMapping.Listed)],
            NextToken = tokens.Seal(page.Next, nameof(ListUserPoolClients), request.UserPoolId, request.ClientType),
        };
    }
}
