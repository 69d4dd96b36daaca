using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What a pool's functions decide to come next.</summary>
public abstract record CustomDecision
{
    private CustomDecision() { }

    /// <summary>A challenge of their own.</summary>
    public sealed record Ask(SignInStep.Challenged Step) : CustomDecision;

    /// <summary>The password, by SRP.</summary>
    public sealed record AskPassword : CustomDecision;

    /// <summary>Tokens.</summary>
    public sealed record Finish : CustomDecision;
}

/// <summary>
/// CUSTOM_AUTH's three functions (user guide, "Custom authentication challenge Lambda triggers"). They see users who aren't there too
/// where the client hides that; such a sign-in may be asked anything and never ends well.
/// </summary>
public sealed class CustomAuth(TriggerCalls calls, ChallengeStates states)
{
    /// <summary>The challenge that the functions make.</summary>
    public const string ChallengeName = "CUSTOM_CHALLENGE";

    /// <summary>The name under which a beginning with SRP_A enters the rounds.</summary>
    public const string SrpA = "SRP_A";

    // Amazon names no number; a function that never ends must end somewhere, and the session has no room for many more.
    private const int MostRounds = 20;

    /// <summary>Asks what comes next, and makes the challenge if that is one of theirs.</summary>
    public async ValueTask<Outcome<CustomDecision>> DecideAsync(
        SignInRequest request, string username, User? user, CustomProgress progress, CancellationToken ct)
    {
        var triggers = request.Pool.Settings.Triggers;
        if (triggers.DefineAuthChallenge is not { } define) return new Refusal.CustomAuthNotConfigured();
        if (progress.Rounds.Count > MostRounds) return new Refusal.WrongCredentials();
        var origin = request.TriggerOrigin with { ValidationData = null };
        var session = progress.Rounds.Select(round => new ChallengeRound(round.Challenge, round.IsMet, round.Metadata)).ToArray();
        var asked = await calls.CallAsync(
            TriggerKind.DefineAuthChallenge,
            define,
            TriggerEvents.Of(
                request.Pool,
                username,
                origin,
                "DefineAuthChallenge_Authentication",
                new DefineAuthChallengeRequest(TriggerEvents.Attributes(user), session, UserNotFound: user is null) { ClientMetadata = origin.ClientMetadata },
                new DefineAuthChallengeResponse(null, null, null)),
            TriggerJson.Default.DefineAuthChallenge,
            TriggerJson.Default.DefineAuthChallengeResponse,
            ct);
        if (asked.Refusal is { } refusal) return refusal;
        switch (asked.Value)
        {
            case { FailAuthentication: true }:
            case { IssueTokens: true } when user is null:
                return new Refusal.WrongCredentials();
            case { IssueTokens: true }:
                return new CustomDecision.Finish();
            case { ChallengeName: SrpProof.ChallengeName }:
                return new CustomDecision.AskPassword();
            case { ChallengeName: ChallengeName }:
                return await MakeAsync(request, username, user, progress, session, ct);
            default:
                return new Refusal.TriggerAnswerInvalid();
        }
    }

    /// <summary>Whether an answer is right, as the function says. Never called twice for one challenge: see CustomChallenge.</summary>
    public async ValueTask<Outcome<bool>> VerifyAsync(
        SignInRequest request, string username, User? user, CustomProgress progress, string answer, CancellationToken ct)
    {
        if (request.Pool.Settings.Triggers.VerifyAuthChallengeResponse is not { } verify) return new Refusal.CustomAuthNotConfigured();
        var origin = request.TriggerOrigin with { ValidationData = null };
        var verified = await calls.CallAsync(
            TriggerKind.VerifyAuthChallengeResponse,
            verify,
            TriggerEvents.Of(
                request.Pool,
                username,
                origin,
                "VerifyAuthChallengeResponse_Authentication",
                new VerifyAuthChallengeRequest(
                    TriggerEvents.Attributes(user), progress.PrivateParameters ?? new Dictionary<string, string>(), answer, UserNotFound: user is null)
                {
                    ClientMetadata = origin.ClientMetadata,
                },
                new VerifyAuthChallengeResponse(null)),
            TriggerJson.Default.VerifyAuthChallenge,
            TriggerJson.Default.VerifyAuthChallengeResponse,
            ct);
        return verified.Refusal is { } refusal ? refusal : verified.Value.AnswerCorrect == true;
    }

    private async ValueTask<Outcome<CustomDecision>> MakeAsync(
        SignInRequest request, string username, User? user, CustomProgress progress, ChallengeRound[] session, CancellationToken ct)
    {
        if (request.Pool.Settings.Triggers.CreateAuthChallenge is not { } create) return new Refusal.CustomAuthNotConfigured();
        var origin = request.TriggerOrigin with { ValidationData = null };
        var made = await calls.CallAsync(
            TriggerKind.CreateAuthChallenge,
            create,
            TriggerEvents.Of(
                request.Pool,
                username,
                origin,
                "CreateAuthChallenge_Authentication",
                new CreateAuthChallengeRequest(TriggerEvents.Attributes(user), ChallengeName, session, UserNotFound: user is null)
                {
                    ClientMetadata = origin.ClientMetadata,
                },
                new CreateAuthChallengeResponse(null, null, null)),
            TriggerJson.Default.CreateAuthChallenge,
            TriggerJson.Default.CreateAuthChallengeResponse,
            ct);
        if (made.Refusal is { } refusal) return refusal;
        var (open, hidden, metadata) = made.Value;
        var state = states.New(request, ChallengeName, username, user);
        var text = states.Seal(request.Pool.Id, state with
        {
            // Nobody's sub where there is no user, so that the session's length doesn't tell.
            Sub = state.Sub ?? state.Id,
            Custom = progress with { PrivateParameters = hidden, Metadata = metadata },
        });
        // What the function gave does not fit into a session.
        if (text.Length > ChallengeStates.MaximumLength) return new Refusal.TriggerAnswerInvalid();
        var parameters = new Dictionary<string, string>(open ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["USERNAME"] = username };
        return new CustomDecision.Ask(new SignInStep.Challenged(ChallengeName, text, parameters));
    }
}
