using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.SignIn;

/// <summary>An address that becomes a second factor within the sign-in that waits for one (MFA_SETUP with EMAIL or PHONE_NUMBER).</summary>
public sealed class FactorSetups(CodeChallenges codes, UserChanges changes, Completion completion)
{
    /// <summary>Sends a code to the address that the person gave, and asks for it.</summary>
    public async ValueTask<Outcome<SignInStep>> StartAsync(
        SignInRequest request, Challenged challenged, string factor, string address, CancellationToken ct)
    {
        var (state, user) = (challenged.State, challenged.User!);
        if (MfaRules.DemandOn(request.Pool, user) is not MfaDemand.SetUp setUp) return new Refusal.SessionInvalid();
        if (!setUp.Factors.Contains(factor)) return new Refusal.MfaMethodNotFound();
        var delivery = new Delivery(MfaFactors.AttributeOf(factor)!, address);
        if (AttributeRules.Check(request.Pool, request.Client, user, Written(delivery)) is { } problem) return new Refusal.Attributes(problem);
        return await codes.SendAsync(request, user.Username, user, new CodeChallenge(factor, delivery, IsSecondFactor: true, IsSetUp: true), state, state.Custom, ct);
    }

    /// <summary>Stores the proven address as the user's, asks for it from now on, and lets the user in: all or nothing.</summary>
    public async ValueTask<Outcome<SignInStep>> CompleteAsync(SignInRequest request, Challenged challenged, CancellationToken ct)
    {
        var (state, user) = (challenged.State, challenged.User!);
        var delivery = new Delivery(state.Attribute!, state.NewAddress!);
        var family = await completion.NewFamilyAsync(request, user, state, ct);
        var changed = await changes.ChangeAsync(
            request.Pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (!await Completion.SpendAsync(unit, state, ct)) return new Refusal.SessionSpent();
                // The password alone must not replace a factor that was set up meanwhile.
                if (MfaRules.DemandOn(request.Pool, fresh) is not MfaDemand.SetUp) return new Refusal.SessionInvalid();
                await CodeGuesses.ClearAsync(unit, request.Pool, fresh, ct);
                if (state.Custom is null) await completion.RecordAsync(unit, family, request, ct);
                var attributes = new Dictionary<string, string>(AttributeRules.Apply(fresh.Attributes, Written(delivery)), StringComparer.Ordinal)
                {
                    [delivery.Attribute + "_verified"] = "true",
                };
                return fresh with { Attributes = attributes, Mfa = fresh.Mfa.With(state.Challenge) with { Preferred = state.Challenge } };
            },
            request.Now,
            takesAliases: false,
            ct);
        if (changed.Refusal is { } refusal) return refusal;
        return state.CustomOnceMet is { } custom
            ? await completion.ContinueAsync(
                request.Continuing(state).Proving(AuthenticationMethods.ProvedBy(state)), changed.Value, custom, ct)
            : await completion.AnswerAsync(request, changed.Value, family, TokenSource.Authentication, ct);
    }

    private static Dictionary<string, string> Written(Delivery delivery) => new(StringComparer.Ordinal) { [delivery.Attribute] = delivery.Destination };
}
