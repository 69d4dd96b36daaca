using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Remote;

/// <summary>Cookie sessions that begin with a sign-in at a pool of Amazon's, and those that a new password ends.</summary>
internal sealed class RemoteBeginnings(IUserPools pools, AccountSessions sessions, RemoteSignIns signIns, IDatabase database)
{
    /// <summary>Begins one.</summary>
    /// <param name="call">The request.</param>
    /// <param name="signedIn">Who signed in.</param>
    /// <param name="accessToken">Of that sign-in, accepted.</param>
    /// <param name="refreshToken">Of that sign-in; null where a bearer token came alone: then the session ends with it.</param>
    /// <param name="remember">Whether this is a computer of the person's own.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="ProblemException">TOKEN_REVOKED: the sign-in ended meanwhile.</exception>
    public async ValueTask<NewSession> BeginAsync(AccountCall call, SignedIn signedIn, string accessToken, string? refreshToken, bool remember, CancellationToken ct)
    {
        var (user, problem) = await pools.Of(signedIn.Application).FindUserAsync(accessToken, ct);
        if (user is null) throw PoolProblems.Of(problem);
        // With a refresh token the pool says when it is over; the session's own end is at most two weeks away in any case.
        var endsAt = refreshToken is null ? user.ExpiresAt : call.Now + SessionRules.RememberedLife;
        var signIn = signIns.Of(
            signedIn.Account, user.FamilyId, signedIn.Application.ClientId, new RemoteTokens(accessToken, refreshToken), user.ExpiresAt, endsAt, call.Now);
        return await sessions.BeginAsync(signIn, call.Origin, remember, call.Now, ct) ?? throw Problems.Of("TOKEN_REVOKED");
    }

    /// <summary>Ends all sessions of the account of an address, whose password was reset here. Amazon's own tokens outlive that, as they always do.</summary>
    public async ValueTask EndAllAsync(Core.Accounts.Application application, string email, DateTimeOffset now, CancellationToken ct)
    {
        var account = await database.ReadAsync(stores => stores.Accounts.FindByEmailAsync(application.Name, email.ToLowerInvariant(), ct), ct);
        if (account is not null) await sessions.RevokeAllAsync(account.Id, null, now, ct);
    }
}
