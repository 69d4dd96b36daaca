using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>What <c>user-signup</c> and <c>user-login</c> have in common once the tokens are verified.</summary>
internal sealed class SignedInUsers(AccountRecords accounts, IDatabase database)
{
    /// <summary>The sign-in with its account, which is made here if nobody saw the user before.</summary>
    public async ValueTask<ToldSignIn> SeeAsync(ToldProof proof, DateTimeOffset now, CancellationToken ct)
    {
        var account = await accounts.SeeAsync(proof.Application, proof.SignIn.User, now, ct);
        return new ToldSignIn(account, proof.SignIn.FamilyId, proof.SignIn.ExpiresAt, proof.Tokens);
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
