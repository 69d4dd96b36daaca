using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>Ends one session of a user, its tokens at once. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRevokeUserSession.html</summary>
internal sealed class AdminRevokeUserSession(Resources resources, IDatabase database) : IOperation<AdminRevokeUserSessionRequest, AdminRevokeUserSessionResponse>
{
    public async ValueTask<AdminRevokeUserSessionResponse> HandleAsync(AdminRevokeUserSessionRequest request, CallContext call, CancellationToken ct)
    {
        SessionMapping.DemandKnown(request.RevokeAssociatedSessions);
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        SessionMapping.DemandTracking(pool.Settings.Sessions);
        var isEnded = await database.WriteAsync(unit => unit.Families.RevokeSessionAsync(pool.Id, user.Sub, request.SessionId!, call.Now, ct), ct);
        return isEnded ? new AdminRevokeUserSessionResponse() : throw SessionMapping.NotFound();
    }
}
