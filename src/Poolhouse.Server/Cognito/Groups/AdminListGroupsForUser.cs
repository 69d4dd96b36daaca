using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>A user's groups, by name. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html</summary>
internal sealed class AdminListGroupsForUser(Resources resources, IDatabase database, PageTokens tokens)
    : IOperation<AdminListGroupsForUserRequest, AdminListGroupsForUserResponse>
{
    public async ValueTask<AdminListGroupsForUserResponse> HandleAsync(AdminListGroupsForUserRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        // Bound to the user, by whichever of its names the next call names it.
        var after = tokens.Open(request.NextToken, nameof(AdminListGroupsForUser), request.UserPoolId, user.Sub.Value);
        var page = await database.ReadAsync(stores => stores.Groups.ListOfUserAsync(pool.Id, user.Sub, limit, after, ct), ct);
        return new AdminListGroupsForUserResponse
        {
            Groups = [.. page.Items.Select(GroupMapping.ToWire)],
            NextToken = tokens.Seal(page.Next, nameof(AdminListGroupsForUser), request.UserPoolId, user.Sub.Value),
        };
    }
}
