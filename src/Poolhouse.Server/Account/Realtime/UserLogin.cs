using Poolhouse.Core.Accounts.Realtime;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>user-login</c>: who has just signed in at the pool is logged in here as long as that sign-in goes on.</summary>
internal sealed class UserLogin(TokenProof proofs, SignedInUsers signedIn, RealtimeUsers users) : IRealtimeHandler<TokensMessage>
{
    public async ValueTask<RealtimeAnswer> HandleAsync(TokensMessage message, RealtimeCall call, CancellationToken ct)
    {
        var proof = await proofs.VerifyAsync(message, new FieldErrors(), mayHaveEnded: false, ct);
        var told = await signedIn.SeeAsync(proof, call.Now, ct);
        return await signedIn.EnterAsync(call, told, await users.LogInAsync(told, call.Now, ct), ct);
    }
}
