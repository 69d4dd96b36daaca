using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>SELECT_MFA_TYPE: the answer names the second factor.</summary>
public sealed class SelectMfaType(ChallengedUsers users, FurtherChallenges further) : IChallenge
{
    /// <inheritdoc/>
    public string Name => FurtherChallenges.SelectMfaType;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["ANSWER"] is not { } answer) return new Refusal.MissingParameter("ANSWER");
        var opened = await users.OpenAsync(request, Name, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        if (user is null) return new Refusal.SessionInvalid();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        // API_RespondToAuthChallenge says EMAIL_MFA where every list says EMAIL_OTP, which is what aws-amplify sends.
        var factor = answer == "EMAIL_MFA" ? MfaFactors.Email : answer;
        return StepUp.FactorsOf(request.Continuing(state), user).Contains(factor)
            ? await further.AskSecondFactorAsync(request, user, new MfaDemand.Factor(factor), state, state.Custom, ct)
            : new Refusal.MfaMethodNotFound();
    }
}
