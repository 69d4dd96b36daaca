using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Users of a pool, by a filter. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html</summary>
internal sealed class ListUsers(Resources resources, IDatabase database, PageTokens pages) : IOperation<ListUsersRequest, ListUsersResponse>
{
    /// <summary>What tokens are sealed for. It names the order: a token of another one, such as by sub before, says nothing about this list.</summary>
    public const string TokenContext = "ListUsers by age";

    public async ValueTask<ListUsersResponse> HandleAsync(ListUsersRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var attributes = request.AttributesToGet is { Count: > 0 } names ? names : null;
        if (attributes?.Any(name => AttributeSchema.Find(pool, name) is null) ?? false)
            throw CognitoException.InvalidParameter("One or more requested attributes do not exist.");
        var filter = Filter(request.Filter);
        var after = Cursor(request, filter);
        var page = await database.ReadAsync(stores => stores.Users.ListAsync(pool.Id, filter, limit, after, ct), ct);
        return new ListUsersResponse
        {
            Users = [.. page.Items.Select(user => UserMapping.ToUserType(user, attributes))],
            PaginationToken = pages.Seal(page.Next, TokenContext, Scope(request, filter)),
        };
    }

    private static UserFilter? Filter(string? text) => UserFilterParser.Parse(text ?? "") switch
    {
        UserFilterOutcome.Everybody => null,
        UserFilterOutcome.Some some => some.Filter,
        UserFilterOutcome.NotSearchable other => throw CognitoException.InvalidParameter($"Invalid search attribute: {other.Attribute}"),
        _ => throw CognitoException.InvalidParameter("Error while parsing filter"),
    };

    private string? Cursor(ListUsersRequest request, UserFilter? filter) => request.PaginationToken is not { } token
        ? null
        : pages.Find(token, TokenContext, Scope(request, filter)) ?? throw CognitoException.InvalidParameter("Paging Marker is Invalid for Request");

    // As it was understood: spaces may change from page to page, the list may not.
    private static string?[] Scope(ListUsersRequest request, UserFilter? filter) =>
        [request.UserPoolId, filter?.Attribute, filter?.Value, filter is null ? null : filter.IsPrefix ? "^=" : "="];
}
