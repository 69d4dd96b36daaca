using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;

namespace Poolhouse.Server.Account.Realtime;

/// <summary><c>user-signup</c>: who has just confirmed and signed in at the pool becomes a user here.</summary>
internal sealed class UserSignup(TokenProof proofs, SignedInUsers signedIn, RealtimeUsers users) : IRealtimeHandler<SignupMessage>
{
    private const int LongestText = 256;

    public async ValueTask<RealtimeAnswer> HandleAsync(SignupMessage message, RealtimeCall call, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Text("cogId", message.CogId, LongestText);
        errors.Text("username", message.Username, LongestText);
        // Source 000 sends the e-mail address as username, which means that none was chosen.
        var isChosen = !string.Equals(message.Username, message.Email, StringComparison.OrdinalIgnoreCase);
        var username = isChosen ? AccountUsername.TryRead(message.Username) : null;
        if (isChosen && username is null) errors.Add("username", "USERNAME");
        var tokens = new TokensMessage(message.Email, message.AccessToken, message.IdToken, message.RefreshToken);
        var proof = await proofs.VerifyAsync(tokens, errors, mayHaveEnded: false, ct);
        if (username is not null && proof.Application.Username == FieldUse.None)
        {
            errors.Absent("username", message.Username);
            errors.ThrowIfAny();
        }

        var told = await signedIn.SeeAsync(proof, call.Now, ct);
        return await signedIn.EnterAsync(call, told, await users.SignUpAsync(told, message.CogId!, username, call.Now, ct), ct);
    }
}
