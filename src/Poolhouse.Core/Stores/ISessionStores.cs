using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Stores;

/// <summary>
/// Cookie sessions. Two implementations: the database alone, and Redis in front of it. Each call answers within a budget or throws
/// <see cref="SessionStoreUnavailableException"/>; it never answers that there is no session because nobody could be asked.
/// </summary>
public interface ISessionStore
{
    /// <summary>Adds a session. Its token family has to exist; its sign-in at another pool is stored with it.</summary>
    /// <returns>False where that sign-in has ended.</returns>
    ValueTask<bool> CreateAsync(AccountSession session, RemoteSignIn? remote, CancellationToken ct);

    /// <summary>
    /// A session whose time is not over, with its user and token family as they are in the database at this moment; null where there is none
    /// of that name. Whether user and family still let it live is for the caller to judge.
    /// </summary>
    ValueTask<FoundSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct);

    /// <summary>Writes an activity, unless one was written within the last minute.</summary>
    ValueTask TouchAsync(AccountSession seen, CancellationToken ct);

    /// <summary>
    /// Changes a session as it is now. <paramref name="change"/> may run again and must not touch anything outside; answering null leaves the
    /// session as it is. A new <see cref="AccountSession.Key"/> makes the old one worthless at once.
    /// </summary>
    /// <returns>The changed session; null where there is none of that name, or the change did not want to.</returns>
    ValueTask<AccountSession?> ChangeAsync(SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct);

    /// <summary>An account's live sessions, those used last first; at most <see cref="SessionRules.MaxListed"/>.</summary>
    ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends a session of the account and revokes its token family, or the sign-in at another pool; false if the account has none of that name.</summary>
    ValueTask<bool> RevokeAsync(AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct);

    /// <summary>Ends every session of the account but <paramref name="except"/>, and revokes their token families.</summary>
    /// <returns>How many ended.</returns>
    ValueTask<int> RevokeAllAsync(AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct);
}

/// <summary>A session with what decides whether it lives.</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Its account; null where it is gone.</param>
/// <param name="User">Its user; null where it is gone.</param>
/// <param name="Family">Its token family; null where it is gone.</param>
/// <param name="Groups">The user's groups.</param>
/// <param name="Remote">The sign-in at another pool that the session comes from; null where it is of this server, or gone.</param>
public sealed record FoundSession(AccountSession Session, Account? Account, User? User, TokenFamily? Family, IReadOnlyList<Group> Groups, RemoteSignIn? Remote = null)
{
    /// <summary>The session with everything else as the database has it at this moment.</summary>
    public static async ValueTask<FoundSession> OfAsync(IStores stores, AccountSession session, CancellationToken ct)
    {
        var account = await stores.Accounts.FindAsync(session.AccountId, ct);
        if (session.IsRemote) return new FoundSession(session, account, null, null, [], await stores.RemoteSignIns.FindAsync(session.FamilyId, ct));
        var (user, family) = await stores.Users.FindWithFamilyAsync(session.PoolId, session.Sub, session.FamilyId, ct);
        var groups = user is null ? [] : await stores.Groups.ListAllOfUserAsync(session.PoolId, session.Sub, ct);
        return new FoundSession(session, account, user, family, groups);
    }
}

/// <summary>A session that was removed.</summary>
/// <param name="Key">Its name.</param>
/// <param name="SignInId">The sign-in that it came from.</param>
/// <param name="IsRemote">Whether that is one at another pool.</param>
public sealed record EndedSession(SessionKey Key, string SignInId, bool IsRemote);

/// <summary>No session store answered within its budget. Nobody knows whether there is a session: neither yes nor no may be said.</summary>
public sealed class SessionStoreUnavailableException : Exception
{
    /// <summary>With what the database said, or that it said nothing in time.</summary>
    public SessionStoreUnavailableException(Exception cause)
        : base("No session store answered.", cause)
    {
    }
}

/// <summary>The rows of cookie sessions.</summary>
public interface IAccountSessionStore
{
    /// <summary>Adds a session; its token family has to exist.</summary>
    ValueTask CreateAsync(AccountSession session, CancellationToken ct);

    /// <summary>The session, or null when its time is over.</summary>
    ValueTask<AccountSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct);

    /// <summary>The same, kept from change until the unit ends.</summary>
    ValueTask<AccountSession?> FindLockedAsync(SessionKey key, DateTimeOffset now, CancellationToken ct);

    /// <summary>Writes an activity if the last one that was written is not after <paramref name="staleBefore"/>; the session as it is then, or null.</summary>
    ValueTask<AccountSession?> TouchAsync(AccountSession seen, DateTimeOffset staleBefore, CancellationToken ct);

    /// <summary>Replaces what can change of the session that is stored as <paramref name="key"/>, its key included.</summary>
    ValueTask UpdateAsync(SessionKey key, AccountSession session, CancellationToken ct);

    /// <summary>
    /// Live sessions of an account, those used last first: their time is not over, their family is not revoked, their user is enabled and has
    /// not ended them. <paramref name="limit"/> 1–1,000.
    /// </summary>
    ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes a session of an account; null if there is none.</summary>
    ValueTask<EndedSession?> RemoveAsync(AccountId account, SessionKey key, CancellationToken ct);

    /// <summary>Removes every session of an account but <paramref name="except"/>.</summary>
    ValueTask<IReadOnlyList<EndedSession>> RemoveAllAsync(AccountId account, SessionKey? except, CancellationToken ct);

    /// <summary>The names of all sessions of an account, whatever their state.</summary>
    ValueTask<IReadOnlyList<SessionKey>> ListKeysAsync(AccountId account, CancellationToken ct);

    /// <summary>When the newest session of a user began, by the clock of the node where it did, whatever its state; null where there is none.</summary>
    ValueTask<DateTimeOffset?> FindNewestAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>
    /// The generation of what is kept outside the database; null before the first. Sessions that were stored elsewhere in another generation
    /// are not to be believed.
    /// </summary>
    ValueTask<string?> FindGenerationAsync(CancellationToken ct);

    /// <summary>The same; nobody begins another generation before the unit ends.</summary>
    ValueTask<string?> FindLockedGenerationAsync(CancellationToken ct);

    /// <summary>Begins a generation.</summary>
    ValueTask BeginGenerationAsync(string generation, CancellationToken ct);
}
