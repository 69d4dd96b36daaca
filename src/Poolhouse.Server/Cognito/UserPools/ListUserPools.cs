using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>Answers the pools there are, by id. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html</summary>
internal sealed class ListUserPools(IDatabase database, PageTokens tokens) : IOperation<ListUserPoolsRequest, ListUserPoolsResponse>
{
    public async ValueTask<ListUserPoolsResponse> HandleAsync(ListUserPoolsRequest request, CallContext call, CancellationToken ct)
    {
        var after = tokens.Open(request.NextToken, nameof(ListUserPools));
        var page = await database.ReadAsync(stores => stores.Pools.ListAsync(request.MaxResults!.Value, after, ct), ct);
        return new ListUserPoolsResponse
        {
            UserPools = [.. page.Items.Select(UserPoolMapping.Listed)],
            NextToken = tokens.Seal(page.Next, nameof(ListUserPools)),
        };
    }
}
