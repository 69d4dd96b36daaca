using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Users;

/// <summary>When all sessions of a user end that have begun so far.</summary>
internal static class SessionsEnd
{
    /// <summary>
    /// Now; later where a session began later, at a node whose clock is ahead of this one's. The next session begins after it, whatever the clock says
    /// (<see cref="User.SessionsEndedAt"/>).
    /// </summary>
    public static async ValueTask<DateTimeOffset> NowAsync(IUnitOfWork unit, User user, DateTimeOffset now, CancellationToken ct)
    {
        var ended = user.SessionsEndedAt > now ? user.SessionsEndedAt.Value : now;
        return await unit.AccountSessions.FindNewestAsync(user.PoolId, user.Sub, ct) is { } newest && newest > ended ? newest : ended;
    }
}
