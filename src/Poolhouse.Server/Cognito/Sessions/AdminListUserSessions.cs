using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>A user's live sessions. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserSessions.html</summary>
internal sealed class AdminListUserSessions(Resources resources, IDatabase database) : IOperation<AdminListUserSessionsRequest, AdminListUserSessionsResponse>
{
    public async ValueTask<AdminListUserSessionsResponse> HandleAsync(AdminListUserSessionsRequest request, CallContext call, CancellationToken ct)
    {
        SessionMapping.DemandNone(request.NextToken);
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        SessionMapping.DemandTracking(pool.Settings.Sessions);
        var sessions = await database.ReadAsync(stores => stores.Families.ListSessionsAsync(pool.Id, user.Sub, SessionMapping.PageSize, call.Now, ct), ct);
        return new AdminListUserSessionsResponse { Sessions = [.. sessions.Select(session => SessionMapping.ToWire(session, caller: null))] };
    }
}
