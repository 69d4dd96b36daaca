using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Remote;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>What <c>user-signup</c> and <c>user-login</c> have in common once the tokens are verified.</summary>
internal sealed class SignedInUsers(AccountRecords accounts, RemoteSignIns remotes, IDatabase database)
{
    /// <summary>The sign-in with its account, which is made here if nobody saw the user before.</summary>
    public async ValueTask<ToldSignIn> SeeAsync(ToldProof proof, DateTimeOffset now, CancellationToken ct)
    {
        var account = await accounts.SeeAsync(proof.Application, proof.SignIn.User, now, ct);
        var told = new ToldSignIn(account, proof.SignIn.FamilyId, proof.SignIn.ExpiresAt, proof.Tokens);
        if (proof.Application.Amazon is null) return told;
        var tokens = new RemoteTokens(proof.Tokens.AccessToken, proof.Tokens.RefreshToken);
        var (client, accessEndsAt) = Callers.ClientAndEndOf(proof.Tokens.AccessToken);
        return told with { Remote = remotes.Of(account, told.FamilyId, client, tokens, accessEndsAt, told.ExpiresAt, now) };
    }

    /// <summary>The answer, with the connection being the user's from now on.</summary>
    /// <exception cref="ProblemException">It was refused.</exception>
    public async ValueTask<RealtimeAnswer> EnterAsync(
        RealtimeCall call, ToldSignIn signIn, (RealtimeOutcome Outcome, RealtimeUser? User) result, CancellationToken ct)
    {
        var user = result.Outcome switch
        {
            RealtimeOutcome.Stored => result.User!,
            RealtimeOutcome.CogIdMismatch => throw new ProblemException(401, RealtimeCodes.TokenMismatch),
            RealtimeOutcome.UsernameTaken => throw Problems.Of("USERNAME_TAKEN"),
            RealtimeOutcome.Ended => throw Problems.Of("TOKEN_REVOKED"),
            _ => throw Problems.Of("USER_EXISTS"),
        };
        // Read anew: signing up may have given it its username.
        var account = await database.ReadAsync(stores => stores.Accounts.FindAsync(user.AccountId, ct), ct) ?? signIn.Account;
        var view = new UserView(user.CogId, account.Username ?? user.Email, user.Email, LoggedIn: true);
        call.Connection.Enter(new RealtimeSession(user.AccountId, signIn.FamilyId, view));
        return new RealtimeAnswer(view);
    }
}
