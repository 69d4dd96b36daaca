using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.SignIn;

/// <summary>Judges the code of a challenge. A wrong one does not spend the session, a right one does, once (observed).</summary>
public sealed class CodeProof(ChallengedUsers users, CodeChallenges codes, CodeGuesses guesses, FactorSetups setups, Completion completion)
{
    /// <summary>Judges an answer. A code of nobody is as wrong as a wrong one.</summary>
    public async ValueTask<Outcome<SignInStep>> JudgeAsync(SignInRequest request, string challenge, CancellationToken ct)
    {
        var parameter = challenge + "_CODE";
        if (request[parameter] is not { } code) return new Refusal.MissingParameter(parameter);
        var opened = await users.OpenAsync(request, challenge, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        if (!await guesses.AdmitAsync(request.Pool, state, request.Now, ct)) return new Refusal.AttemptLimit();
        if (!codes.IsRight(request.Pool.Id, state, code) || user is null) return new Refusal.ChallengeCodeMismatch();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        if (state.NewAddress is not null) return await setups.CompleteAsync(request, opened.Value, ct);
        if (!codes.IsStillOf(user, state)) return new Refusal.SessionInvalid();
        return state.IsSecondFactor
            ? await completion.SignInAsync(request, user, state, ct)
            : await completion.AfterFirstFactorAsync(request, user, state, ct);
    }
}
