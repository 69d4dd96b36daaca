using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Tokens;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Remote;

namespace Poolhouse.Server.Account.Sessions;

/// <summary>Who calls with a cookie.</summary>
internal sealed class SessionCallers(
    AccountSessions sessions, AccountRecords accounts, Applications applications, TokenIssuer tokens, RemoteSignIns remotes, CrossOrigin crossOrigin)
{
    /// <summary>Who calls; null for a cookie that is no session's.</summary>
    /// <exception cref="Wire.CognitoException">The session is one of another pool, which can't be asked.</exception>
    /// <exception cref="ProblemException">FORBIDDEN: the request changes something and doesn't come from here.</exception>
    public async ValueTask<SignedIn?> FindAsync(AccountCall call, string cookie, CancellationToken ct)
    {
        DemandOrigin(call);
        if (await sessions.FindAsync(cookie, call.Origin, call.Now, ct) is not var (session, account, caller, remote)) return null;
        // Gone from the configuration: nobody is signed in to it any more.
        if (applications.Find(account.Application) is not { } application) return null;
        if (caller is null) return remote is null ? null : await OfRemoteAsync(application, account, session, remote, call.Now, ct);
        var user = new SeenUser(caller.User.PoolId, caller.User.Sub, caller.User.Username, caller.User.Attributes);
        account = await accounts.SeeAsync(application, account, user, call.Now, ct);
        var issued = await tokens.PrepareAccessAsync(caller.Client, caller.User, caller.Family, caller.Groups, call.Now, ct);
        return new SignedIn(application, account, caller.Groups, caller.Family.Id, caller.Family.AuthenticatedAt, issued) { Session = session };
    }

    /// <summary>Ends the session of a cookie. Leaving always works: another pool is told afterwards, and not asked before.</summary>
    /// <returns>The session and its account; null where the cookie is no session's.</returns>
    /// <exception cref="ProblemException">FORBIDDEN: the request doesn't come from here.</exception>
    public async ValueTask<SessionCaller?> EndAsync(AccountCall call, string cookie, CancellationToken ct)
    {
        DemandOrigin(call);
        if (await sessions.FindAsync(cookie, call.Origin, call.Now, ct) is not { } found) return null;
        await sessions.RevokeAsync(found.Account.Id, found.Session.Key, call.Now, ct);
        return found;
    }

    /// <summary>The same where only a session will do.</summary>
    /// <exception cref="ProblemException">SESSION_INVALID, or FORBIDDEN.</exception>
    public async ValueTask<SignedIn> DemandAsync(AccountCall call, string cookie, CancellationToken ct) =>
        await FindAsync(call, cookie, ct) ?? throw Problems.Of("SESSION_INVALID");

    /// <summary>Refuses what changes something and was not meant by this server's own pages.</summary>
    /// <exception cref="ProblemException">FORBIDDEN.</exception>
    public void DemandOrigin(AccountCall call)
    {
        if (!crossOrigin.Allows(call.Http.Request)) throw Problems.Forbidden();
    }

    private async ValueTask<SignedIn?> OfRemoteAsync(
        Application application, Core.Accounts.Account account, AccountSession session, RemoteSignIn remote, DateTimeOffset now, CancellationToken ct)
    {
        // An application that was moved from one pool to another has nobody signed in any more.
        if (application.Amazon is null || application.PoolId != remote.PoolId) return null;
        if (await remotes.FindAsync(application, remote, ct) is not var (user, token)) return null;
        account = await accounts.SeeAsync(application, account, user.User, now, ct);
        return new SignedIn(application, account, user.Groups, user.FamilyId, user.AuthenticatedAt, new Lazy<string>(token)) { Session = session };
    }

    /// <summary>Gives the caller's session a new id, if there is one: what it may do has changed, and an old cookie must not profit.</summary>
    public async ValueTask RenewAsync(AccountCall call, CancellationToken ct)
    {
        if (call.SignedIn.Session is not { } session) return;
        if (await sessions.RenewAsync(session, call.Now, ct) is { } renewed) SessionCookie.Write(call.Http.Response, renewed.Cookie);
    }
}
