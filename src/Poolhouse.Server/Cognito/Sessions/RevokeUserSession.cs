using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Sessions;

/// <summary>Ends another session of the caller. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeUserSession.html</summary>
internal sealed class RevokeUserSession(IDatabase database) : IOperation<RevokeUserSessionRequest, RevokeUserSessionResponse>
{
    public async ValueTask<RevokeUserSessionResponse> HandleAsync(RevokeUserSessionRequest request, CallContext call, CancellationToken ct)
    {
        SessionMapping.DemandKnown(request.RevokeAssociatedSessions);
        var (pool, user) = (call.Caller.Pool, call.Caller.User);
        SessionMapping.DemandTracking(pool.Settings.Sessions);
        // API_RevokeUserSession: not the one that the calling token belongs to. The words are this server's own.
        if (request.SessionId == call.Caller.Family.SessionId)
            throw CognitoException.InvalidParameter("The session of the access token can't be revoked by itself; use GlobalSignOut or RevokeToken.");
        var isEnded = await database.WriteAsync(unit => unit.Families.RevokeSessionAsync(pool.Id, user.Sub, request.SessionId!, call.Now, ct), ct);
        return isEnded ? new RevokeUserSessionResponse() : throw SessionMapping.NotFound();
    }
}
