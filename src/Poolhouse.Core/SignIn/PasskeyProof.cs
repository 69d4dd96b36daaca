using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// A passkey as a first factor. Every way to be wrong has one answer, except for what isn't a credential at all; a wrong one does not
/// spend the session, since it says nothing about a secret that could be guessed.
/// </summary>
public sealed class PasskeyProof(UserPasskeys passkeys, ChallengeStates states, Completion completion, IRandom random)
{
    private const int ChallengeLength = 32;

    /// <summary>Parameter of the answer: AuthenticationResponseJSON as text.</summary>
    public const string Credential = "CREDENTIAL";

    private const string Options = "CREDENTIAL_REQUEST_OPTIONS";

    /// <summary>A challenge for authenticators, to be kept in the state of whatever asks for it.</summary>
    public byte[] NewChallenge() => random.Bytes(ChallengeLength);

    /// <summary>Parameters of a challenge that a passkey can answer.</summary>
    public static Dictionary<string, string> ParametersOf(SignInRequest request, byte[] challenge, IReadOnlyList<Passkey> usable) => new(StringComparer.Ordinal)
    {
        [Options] = PasskeyOptions.Request(
            request.Pool, request.Pool.Settings.Passkeys!.RelyingPartyId!, challenge, request.ChallengeExpiresAt - request.Now, usable),
    };

    /// <summary>Asks for a passkey.</summary>
    public SignInStep Ask(SignInRequest request, string username, User user, IReadOnlyList<Passkey> usable, ChallengeState? follows)
    {
        var challenge = NewChallenge();
        var state = states.New(request, PasskeyRules.WebAuthn, username, user, follows) with { PasskeyChallenge = challenge };
        return new SignInStep.Challenged(
            PasskeyRules.WebAuthn, states.Seal(request.Pool.Id, state), ParametersOf(request, challenge, usable), [PasskeyRules.WebAuthn]);
    }

    /// <summary>Judges an answer to the challenge in a state, and goes on.</summary>
    public async ValueTask<Outcome<SignInStep>> JudgeAsync(SignInRequest request, ChallengeState state, User? user, string text, CancellationToken ct)
    {
        var pool = request.Pool;
        if (CredentialJson.TryReadAssertion(text) is not { } credential) return new Refusal.InvalidParameter("Invalid credential.");
        var usable = await passkeys.UsableAsync(pool, user, ct);
        if (user is null || state.PasskeyChallenge is not { } challenge || usable.FirstOrDefault(p => p.Id == credential.Id) is not { } passkey) return new Refusal.PasskeyNotProven();
        var settings = pool.Settings.Passkeys!;
        if (Ceremony.WhyNotProven(credential, passkey, challenge, settings.RelyingPartyId!, settings.DemandsVerification, out var proven) is not null) return new Refusal.PasskeyNotProven();
        var isBothFactors = proven!.IsUserVerified && PasskeyRules.SatisfiesMfa(pool, user);
        return await completion.AfterPasskeyAsync(
            request.Continuing(state).Proving(MethodOf(credential.Attachment ?? passkey.Attachment)),
            user,
            state,
            isBothFactors,
            async unit => await unit.Passkeys.CountAsync(pool.Id, user.Sub, passkey.Id, proven.SignCount, ct) ? null : new Refusal.PasskeyNotProven(),
            ct);
    }

    // Where the browser doesn't say, the weaker claim.
    private static string MethodOf(string? attachment) =>
        attachment == "cross-platform" ? AuthenticationMethods.RoamingKey : AuthenticationMethods.PlatformKey;
}
