using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>
/// CUSTOM_CHALLENGE. The session is spent before the function looks at the answer: it alone counts guesses, by the rounds it is
/// shown, so no round may be answered twice, however many answers come at once.
/// </summary>
public sealed class CustomChallenge(IDatabase database, ChallengedUsers users, CustomAuth customAuth, SrpProof srp, Completion completion) : IChallenge
{
    /// <inheritdoc/>
    public string Name => CustomAuth.ChallengeName;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["ANSWER"] is not { } answer) return new Refusal.MissingParameter("ANSWER");
        var opened = await users.OpenAsync(request, Name, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        request = request.Continuing(state);
        if (!await database.WriteAsync(unit => Completion.SpendAsync(unit, state, ct), ct)) return new Refusal.SessionSpent();
        var name = user?.Username ?? state.Username;
        var verified = await customAuth.VerifyAsync(request, name, user, state.Custom!, answer, ct);
        if (verified.Refusal is { } unverified) return unverified;
        var progress = state.Custom!.With(Name, verified.Value);
        var decided = await customAuth.DecideAsync(request, name, user, progress, ct);
        if (decided.Refusal is { } refusal) return refusal;
        return decided.Value switch
        {
            CustomDecision.Ask ask => ask.Step,
            CustomDecision.AskPassword when request["SRP_A"] is { } srpA => await srp.ChallengeAsync(request, name, srpA, progress, ct),
            CustomDecision.Finish => await completion.FinishAsync(request, user!, progress, ct),
            _ => new Refusal.TriggerAnswerInvalid(),
        };
    }
}
