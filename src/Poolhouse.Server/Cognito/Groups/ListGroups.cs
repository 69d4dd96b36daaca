using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>A pool's groups, by name. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html</summary>
internal sealed class ListGroups(Resources resources, IDatabase database, PageTokens tokens) : IOperation<ListGroupsRequest, ListGroupsResponse>
{
    public async ValueTask<ListGroupsResponse> HandleAsync(ListGroupsRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var after = tokens.Open(request.NextToken, nameof(ListGroups), request.UserPoolId);
        var page = await database.ReadAsync(stores => stores.Groups.ListAsync(pool.Id, limit, after, ct), ct);
        return new ListGroupsResponse
        {
            Groups = [.. page.Items.Select(GroupMapping.ToWire)],
            NextToken = tokens.Seal(page.Next, nameof(ListGroups), request.UserPoolId),
        };
    }
}
