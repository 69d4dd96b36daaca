using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.AccountSessions;

/// <summary>Cookie sessions in the database: the embedded store.</summary>
public sealed class DatabaseSessionStore(IDatabase database, TimeProvider clock) : ISessionStore
{
    /// <inheritdoc/>
    public ValueTask<bool> CreateAsync(AccountSession session, RemoteSignIn? remote, CancellationToken ct) => SessionBudget.WriteAsync(
        stop => database.WriteAsync(
            async unit =>
            {
                if (remote is not null && !await unit.RemoteSignIns.PutAsync(remote, stop)) return false;
                await unit.AccountSessions.CreateAsync(session, stop);
                return true;
            },
            stop),
        clock,
        ct);

    /// <inheritdoc/>
    public ValueTask<FoundSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct) => SessionBudget.ReadAsync(
        () => database.ReadAsync(
            async stores =>
            {
                return await stores.AccountSessions.FindAsync(key, now, ct) is { } session ? await FoundSession.OfAsync(stores, session, ct) : null;
            },
            ct),
        clock,
        ct);

    /// <inheritdoc/>
    public async ValueTask TouchAsync(AccountSession seen, CancellationToken ct) => await SessionBudget.WriteAsync(
        stop => database.WriteAsync(unit => unit.AccountSessions.TouchAsync(seen, seen.LastSeenAt - SessionRules.TouchInterval, stop), stop),
        clock,
        ct);

    /// <inheritdoc/>
    public ValueTask<AccountSession?> ChangeAsync(
        SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct) => SessionBudget.WriteAsync(
        stop => database.WriteAsync(unit => ChangeAsync(unit, key, change, now, stop), stop), clock, ct);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct) => SessionBudget.ReadAsync(
        () => database.ReadAsync(stores => stores.AccountSessions.ListAsync(account, SessionRules.MaxListed, now, ct), ct), clock, ct);

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct) => SessionBudget.WriteAsync(
        stop => database.WriteAsync(unit => RevokeAsync(unit, account, key, now, stop), stop), clock, ct);

    /// <inheritdoc/>
    public ValueTask<int> RevokeAllAsync(AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct) => SessionBudget.WriteAsync(
        stop => database.WriteAsync(async unit => (await RevokeAllAsync(unit, account, except, now, stop)).Count, stop), clock, ct);

    /// <summary>The change within a unit; the row stays locked until it ends.</summary>
    internal static async ValueTask<AccountSession?> ChangeAsync(
        IUnitOfWork unit, SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct)
    {
        if (await unit.AccountSessions.FindLockedAsync(key, now, ct) is not { } present || change(present) is not { } changed) return null;
        await unit.AccountSessions.UpdateAsync(key, changed, ct);
        return changed;
    }

    /// <summary>One session's end within a unit.</summary>
    internal static async ValueTask<bool> RevokeAsync(IUnitOfWork unit, AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct)
    {
        if (await unit.AccountSessions.RemoveAsync(account, key, ct) is not { } ended) return false;
        await EndAsync(unit, ended, now, ct);
        return true;
    }

    /// <summary>All sessions' end within a unit; their names.</summary>
    internal static async ValueTask<IReadOnlyList<SessionKey>> RevokeAllAsync(
        IUnitOfWork unit, AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct)
    {
        var removed = await unit.AccountSessions.RemoveAllAsync(account, except, ct);
        foreach (var ended in removed) await EndAsync(unit, ended, now, ct);
        return [.. removed.Select(session => session.Key)];
    }

    private static async ValueTask EndAsync(IUnitOfWork unit, EndedSession ended, DateTimeOffset now, CancellationToken ct)
    {
        if (ended.IsRemote) await unit.RemoteSignIns.EndAsync(ended.SignInId, now, ct);
        else await unit.Families.RevokeAsync(ended.SignInId, now, ct);
    }
}
