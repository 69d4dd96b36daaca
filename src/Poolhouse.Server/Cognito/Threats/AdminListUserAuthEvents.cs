using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Threats;

/// <summary>A user's sign-ins and the like, newest first. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserAuthEvents.html</summary>
internal sealed class AdminListUserAuthEvents(Resources resources, IDatabase database, PageTokens pages)
    : IOperation<AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse>
{
    public async ValueTask<AdminListUserAuthEventsResponse> HandleAsync(AdminListUserAuthEventsRequest request, CallContext call, CancellationToken ct)
    {
        // API_AdminListUserAuthEvents: 0 means the most, unlike in every other list.
        var limit = request.MaxResults is null or 0 ? PageSize.Most : request.MaxResults.Value;
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        AuthEventMapping.Demand(pool);
        var after = pages.Open(request.NextToken, nameof(AdminListUserAuthEvents), pool.Id.Value, user.Sub.Value);
        var page = await database.ReadAsync(stores => stores.AuthEvents.ListAsync(pool.Id, user.Sub, limit, after, ct), ct);
        return new AdminListUserAuthEventsResponse
        {
            AuthEvents = [.. page.Items.Select(AuthEventMapping.ToWire)],
            NextToken = pages.Seal(page.Next, nameof(AdminListUserAuthEvents), pool.Id.Value, user.Sub.Value),
        };
    }
}
