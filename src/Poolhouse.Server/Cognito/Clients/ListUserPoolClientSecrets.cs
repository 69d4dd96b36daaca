using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Clients;

/// <summary>A client's secrets without their values; two at most, so one page. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html</summary>
internal sealed class ListUserPoolClientSecrets(IDatabase database, PageTokens tokens)
    : IOperation<ListUserPoolClientSecretsRequest, ListUserPoolClientSecretsResponse>
{
    public async ValueTask<ListUserPoolClientSecretsResponse> HandleAsync(ListUserPoolClientSecretsRequest request, CallContext call, CancellationToken ct)
    {
        // None is ever given out, so this refuses whatever is sent.
        tokens.Open(request.NextToken, nameof(ListUserPoolClientSecrets));
        var client = await database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, request.UserPoolId!, ct);
            return await ConfigurationChanges.ClientAsync(stores, pool, request.ClientId!, ct);
        }, ct);
        return new ListUserPoolClientSecretsResponse { ClientSecrets = [.. client.Secrets.Select(ClientMapping.ToWire)] };
    }
}
