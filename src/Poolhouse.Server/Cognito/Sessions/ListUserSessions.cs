using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>The caller's live sessions, of every client. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserSessions.html</summary>
internal sealed class ListUserSessions(IDatabase database) : IOperation<ListUserSessionsRequest, ListUserSessionsResponse>
{
    public async ValueTask<ListUserSessionsResponse> HandleAsync(ListUserSessionsRequest request, CallContext call, CancellationToken ct)
    {
        SessionMapping.DemandNone(request.NextToken);
        var (pool, user) = (call.Caller.Pool, call.Caller.User);
        SessionMapping.DemandTracking(pool.Settings.Sessions);
        var sessions = await database.ReadAsync(stores => stores.Families.ListSessionsAsync(pool.Id, user.Sub, SessionMapping.PageSize, call.Now, ct), ct);
        return new ListUserSessionsResponse { Sessions = [.. sessions.Select(session => SessionMapping.ToWire(session, call.Caller.Family))] };
    }
}
