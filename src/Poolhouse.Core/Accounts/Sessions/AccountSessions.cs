using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Groups;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Accounts.Sessions;

/// <summary>Who calls with a cookie: the same as with an access token of the sign-in that the session came from.</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Caller">The person, as of this moment; null where only another pool can say.</param>
/// <param name="Remote">The sign-in at another pool, which has to be asked whether it lives; null for one of this server.</param>
public sealed record SessionCaller(AccountSession Session, Account Account, Caller? Caller, RemoteSignIn? Remote);

/// <summary>A session whose id was just made.</summary>
/// <param name="Session">The session.</param>
/// <param name="Cookie">What the browser gets to keep; nobody else ever has it.</param>
public sealed record NewSession(AccountSession Session, string Cookie)
{
    /// <summary>Never the cookie.</summary>
    public override string ToString() => Session.Key.ToString();
}

/// <summary>
/// Sign-ins that a browser holds by a cookie. Whether one lives is decided as for an access token: by its token family and its user, asked
/// anew by every request, so that what ends the tokens ends it at once. Of a sign-in at another pool this only knows whether it was ended here.
/// </summary>
public sealed class AccountSessions(ISessionStore store, SessionCookies cookies, Catalog catalog, IRandom random)
{
    /// <summary>Begins a session. Its id is new, whatever cookie the request had: nobody can be signed in to a session of somebody else's choice.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="caller">The sign-in that it comes from.</param>
    /// <param name="origin">Where the person is.</param>
    /// <param name="remember">Whether this is a computer of the person's own.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="SessionStoreUnavailableException">No store answered in time; there is no session.</exception>
    public async ValueTask<NewSession> BeginAsync(
        AccountId account, Caller caller, Origin origin, bool remember, DateTimeOffset now, CancellationToken ct)
    {
        var id = SessionId.New(random);
        // The user was read for this sign-in, so it is newer than whatever ended the sessions before, also where the clock of the node that
        // ended them was ahead of this one's.
        if (caller.User.SessionsEndedAt is { } ended && ended >= now) now = ended + TimeSpan.FromMilliseconds(1);
        var session = SessionRules.Begin(
            new AccountSession
            {
                Key = id.Key,
                AccountId = account,
                PoolId = caller.Pool.Id,
                Sub = caller.User.Sub,
                FamilyId = caller.Family.Id,
                Device = origin.Device,
                Address = origin.Address?.ToString(),
                Remember = remember,
                CreatedAt = now,
                LastSeenAt = now,
                EndsAt = now,
                ExpiresAt = now,
            },
            caller.Family.ExpiresAt,
            now);
        await store.CreateAsync(session, null, ct);
        return new NewSession(session, cookies.Write(id));
    }

    /// <summary>The same of a sign-in at another pool, which is stored along with it.</summary>
    /// <returns>Null where the sign-in was ended meanwhile.</returns>
    /// <exception cref="SessionStoreUnavailableException">No store answered in time; there is no session.</exception>
    public async ValueTask<NewSession?> BeginAsync(RemoteSignIn signIn, Origin origin, bool remember, DateTimeOffset now, CancellationToken ct)
    {
        var id = SessionId.New(random);
        var session = SessionRules.Begin(
            new AccountSession
            {
                Key = id.Key,
                AccountId = signIn.AccountId,
                PoolId = signIn.PoolId,
                Sub = signIn.Sub,
                FamilyId = signIn.Id,
                IsRemote = true,
                Device = origin.Device,
                Address = origin.Address?.ToString(),
                Remember = remember,
                CreatedAt = now,
                LastSeenAt = now,
                EndsAt = now,
                ExpiresAt = now,
            },
            signIn.ExpiresAt,
            now);
        return await store.CreateAsync(session, signIn, ct) ? new NewSession(session, cookies.Write(id)) : null;
    }

    /// <summary>The session that a cookie stands for, and who calls by it; null for a cookie of nobody's, or of a session that has ended.</summary>
    /// <exception cref="SessionStoreUnavailableException">Nobody could say in time.</exception>
    public async ValueTask<SessionCaller?> FindAsync(string cookie, Origin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (cookies.Read(cookie) is not { } id || await store.FindAsync(id.Key, now, ct) is not { } found) return null;
        Caller? caller = null;
        if (found.Session.IsRemote ? found is not { Account: not null, Remote.HasEnded: false } : (caller = await JudgeAsync(found, now, ct)) is null) return null;
        if (!SessionRules.IsDue(found.Session, now)) return new SessionCaller(found.Session, found.Account!, caller, found.Remote);
        var seen = SessionRules.Seen(found.Session with { Device = origin.Device, Address = origin.Address?.ToString() }, now);
        try
        {
            await store.TouchAsync(seen, ct);
        }
        catch (SessionStoreUnavailableException)
        {
            // Who is signed in was told; that it wasn't noted costs at most an hour's idleness counted from a minute earlier.
        }

        return new SessionCaller(seen, found.Account!, caller, found.Remote);
    }

    /// <summary>Whether sessions can be looked up at all; for a sign-in, which should not be done in vain.</summary>
    /// <exception cref="SessionStoreUnavailableException">They can't.</exception>
    public async ValueTask DemandStoreAsync(DateTimeOffset now, CancellationToken ct) => await store.FindAsync(SessionId.New(random).Key, now, ct);

    /// <summary>Gives a session a new id, as after a change of what it may do or of the password; the old cookie is worthless at once.</summary>
    /// <returns>Null where the session has ended.</returns>
    public async ValueTask<NewSession?> RenewAsync(AccountSession session, DateTimeOffset now, CancellationToken ct)
    {
        var id = SessionId.New(random);
        return await store.ChangeAsync(session.Key, present => present with { Key = id.Key }, now, ct) is { } renewed
            ? new NewSession(renewed, cookies.Write(id))
            : null;
    }

    /// <summary>Changes a session; see <see cref="ISessionStore.ChangeAsync"/>.</summary>
    public ValueTask<AccountSession?> ChangeAsync(
        SessionKey key, Func<AccountSession, AccountSession?> change, DateTimeOffset now, CancellationToken ct) => store.ChangeAsync(key, change, now, ct);

    /// <summary>The account's sessions; see <see cref="ISessionStore.ListAsync"/>.</summary>
    public ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, DateTimeOffset now, CancellationToken ct) => store.ListAsync(account, now, ct);

    /// <summary>Ends one; see <see cref="ISessionStore.RevokeAsync"/>.</summary>
    public ValueTask<bool> RevokeAsync(AccountId account, SessionKey key, DateTimeOffset now, CancellationToken ct) => store.RevokeAsync(account, key, now, ct);

    /// <summary>Ends all but one; see <see cref="ISessionStore.RevokeAllAsync"/>.</summary>
    public ValueTask<int> RevokeAllAsync(AccountId account, SessionKey? except, DateTimeOffset now, CancellationToken ct) =>
        store.RevokeAllAsync(account, except, now, ct);

    // As AccessTokens does, and further where a person is less in the way than an application: a reset password ends sessions.
    private async ValueTask<Caller?> JudgeAsync(FoundSession found, DateTimeOffset now, CancellationToken ct)
    {
        var (session, account, user, family, groups, _) = found;
        if (account is null || user is null || !user.IsEnabled || user.Status == UserStatus.Unconfirmed || user.SessionsEndedAt >= session.CreatedAt) return null;
        if (family is null || family.RevokedAt is not null || family.ExpiresAt <= now || family.Sub != user.Sub) return null;
        if (await catalog.FindClientAsync(family.ClientId, ct) is not { } client || client.PoolId != session.PoolId) return null;
        return await catalog.FindPoolAsync(session.PoolId, ct) is { } pool
            ? new Caller(pool, client, user, family) { Groups = GroupClaims.Of(groups).Names, ExpiresAt = session.ExpiresAt }
            : null;
    }
}
