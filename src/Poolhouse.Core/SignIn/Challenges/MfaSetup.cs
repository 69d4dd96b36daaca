using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>
/// MFA_SETUP: answered with the session of VerifySoftwareToken, which says that an app was set up, or with an address that is to
/// become a factor.
/// </summary>
public sealed class MfaSetup(ChallengedUsers users, FactorSetups setups, Completion completion) : IChallenge
{
    /// <inheritdoc/>
    public string Name => FurtherChallenges.MfaSetup;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        var opened = await users.OpenAsync(request, Name, ct);
        if (opened.Refusal is { } invalid) return invalid;
        var (state, user) = opened.Value;
        if (user is null) return new Refusal.SessionInvalid();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;
        if (state.IsSetUp) return await completion.SignInAsync(request, user, state, ct);
        if (request["EMAIL"] is { } email) return await setups.StartAsync(request, opened.Value, MfaFactors.Email, email, ct);
        if (request["PHONE_NUMBER"] is { } phone) return await setups.StartAsync(request, opened.Value, MfaFactors.Sms, phone, ct);
        return new Refusal.SessionInvalid();
    }
}
