using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>
/// <c>user-logout</c>: drops what is stored of a sign-in. Ending it at the pool is the client's (aws-amplify's signOut), and source 000 does that
/// first: tokens of a sign-in that was revoked will do to say goodbye.
/// </summary>
internal sealed class UserLogout(TokenProof proofs, RealtimeUsers users, RealtimeHub hub, IDatabase database) : IRealtimeHandler<TokensMessage>
{
    public async ValueTask<RealtimeAnswer> HandleAsync(TokensMessage message, RealtimeCall call, CancellationToken ct)
    {
        var proof = await proofs.VerifyAsync(message, new FieldErrors(), mayHaveEnded: true, ct);
        var (seen, familyId) = (proof.SignIn.User, proof.SignIn.FamilyId);
        var (account, user) = await database.ReadAsync(
            async stores =>
            {
                var found = await stores.Accounts.FindByUserAsync(proof.Application.Name, seen.PoolId, seen.Sub, ct);
                return (found, found is null ? null : await stores.Realtime.FindAsync(found.Id, ct));
            },
            ct);
        var email = seen.VerifiedEmail!;
        var view = new UserView(user?.CogId ?? seen.Sub.Value, account?.Username ?? email, email, LoggedIn: false);
        // First: who says goodbye isn't told of it as if somebody else had done it.
        call.Connection.Leave(familyId);
        if (account is not null) await users.LogOutAsync(account.Id, familyId, ct);
        hub.TellEnded(familyId);
        return new RealtimeAnswer(view);
    }
}
