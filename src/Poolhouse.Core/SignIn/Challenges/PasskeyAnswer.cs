using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>WEB_AUTHN: a passkey's signature.</summary>
public sealed class PasskeyAnswer(ChallengedUsers users, PasskeyProof proof) : IChallenge
{
    /// <inheritdoc/>
    public string Name => PasskeyRules.WebAuthn;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request[PasskeyProof.Credential] is not { } credential) return new Refusal.MissingParameter(PasskeyProof.Credential);
        var opened = await users.OpenAsync(request, Name, ct);
        return opened.Refusal is { } invalid ? invalid : await proof.JudgeAsync(request, opened.Value.State, opened.Value.User, credential, ct);
    }
}
