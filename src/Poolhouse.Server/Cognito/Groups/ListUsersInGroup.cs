using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>The users in a group, by their age. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html</summary>
internal sealed class ListUsersInGroup(Resources resources, IDatabase database, PageTokens tokens)
    : IOperation<ListUsersInGroupRequest, ListUsersInGroupResponse>
{
    /// <summary>What tokens are sealed for; it names the order, as that of ListUsers does.</summary>
    public const string TokenContext = "ListUsersInGroup by age";

    public async ValueTask<ListUsersInGroupResponse> HandleAsync(ListUsersInGroupRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var after = tokens.Open(request.NextToken, TokenContext, request.UserPoolId, request.GroupName);
        var page = await database.ReadAsync(
            async stores => await stores.Groups.FindAsync(pool.Id, request.GroupName!, ct) is null
                ? throw GroupMapping.NotFound()
                : await stores.Groups.ListMembersAsync(pool.Id, request.GroupName!, limit, after, ct),
            ct);
        return new ListUsersInGroupResponse
        {
            Users = [.. page.Items.Select(user => UserMapping.ToUserType(user))],
            NextToken = tokens.Seal(page.Next, TokenContext, request.UserPoolId, request.GroupName),
        };
    }
}
