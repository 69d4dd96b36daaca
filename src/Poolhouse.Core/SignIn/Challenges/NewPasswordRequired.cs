using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.SignIn.Challenges;

/// <summary>NEW_PASSWORD_REQUIRED: a temporary password is replaced, and required attributes that are missing are given.</summary>
public sealed class NewPasswordRequired(
    IDatabase database, ChallengeStates states, Credentials credentials, UserChanges changes, ThreatProtection threats, Completion completion) : IChallenge
{
    /// <summary>The challenge's name.</summary>
    public const string ChallengeName = "NEW_PASSWORD_REQUIRED";

    private const string AttributePrefix = "userAttributes.";

    /// <inheritdoc/>
    public string Name => ChallengeName;

    /// <inheritdoc/>
    public async ValueTask<Outcome<SignInStep>> RespondAsync(SignInRequest request, CancellationToken ct)
    {
        if (request["USERNAME"] is not { } username) return new Refusal.MissingParameter("USERNAME");
        if (request["NEW_PASSWORD"] is not { } password) return new Refusal.MissingParameter("NEW_PASSWORD");
        var opened = states.Open(request.Pool.Id, request.Client.Id, Name, request.Session, request.Now);
        if (opened.Refusal is { } invalid) return invalid;
        var state = opened.Value;
        request = request.Continuing(state);
        var user = await database.ReadAsync(stores => stores.Users.FindAsync(request.Pool.Id, new Sub(state.Sub!), ct), ct);
        // Only for a clearer error than the status below would give, so read after it; what decides is the spending in the transaction.
        if (await database.ReadAsync(stores => stores.Spent.IsSpentAsync(state.Id, ct), ct)) return new Refusal.SessionSpent();
        if (user is null || !await UserNames.AreOfAsync(database, request.Pool, user, username, ct) || user.Status != UserStatus.ForceChangePassword) return new Refusal.SessionInvalid();
        if (Completion.WhyNot(user, request.Now) is { } whyNot) return whyNot;

        // None of these refusals spends the session: the person corrects and sends again (observed).
        var written = AttributeRules.LastWins(request.Parameters
            .Where(p => p.Key.StartsWith(AttributePrefix, StringComparison.Ordinal))
            .Select(p => (p.Key[AttributePrefix.Length..], (string?)p.Value)));
        if (AttributeRules.Check(request.Pool, request.Client, user, written) is { } problem) return new Refusal.Attributes(problem);
        var missing = AttributeSchema.Required(request.Pool)
            .FirstOrDefault(name => user[name] is null && string.IsNullOrEmpty(written.GetValueOrDefault(name)));
        if (missing is not null) return new Refusal.Attributes(new AttributeProblem.Required { Name = missing });
        if (await threats.WhyNotPasswordAsync(request.Pool, request.Client, "PASSWORD_CHANGE", password, ct) is { } compromised) return compromised;
        var made = await credentials.MakeNextAsync(request.Pool, user, password, ct);
        if (made.Refusal is { } unfit) return unfit;
        return await StoreAsync(request, state, user, written, made.Value, ct);
    }

    private async ValueTask<Outcome<SignInStep>> StoreAsync(
        SignInRequest request,
        ChallengeState state,
        User user,
        IReadOnlyDictionary<string, string> written,
        PasswordCredential credential,
        CancellationToken ct)
    {
        var family = await completion.NewFamilyAsync(request, user, state, ct);
        MfaDemand demand = new MfaDemand.None();
        var changed = await changes.ChangeAsync(
            request.Pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (!await Completion.SpendAsync(unit, state, ct)) return new Refusal.SessionSpent();
                if (fresh.Status != UserStatus.ForceChangePassword) return new Refusal.SessionInvalid();
                var confirmed = Credentials.Replace(request.Pool, fresh, credential) with
                {
                    Status = UserStatus.Confirmed,
                    Attributes = AttributeRules.Apply(fresh.Attributes, written),
                };
                var next = StepUp.DemandOn(request, confirmed);
                if (next.Refusal is { } unreachable) return unreachable;
                demand = next.Value;
                if (demand is MfaDemand.None && state.Custom is null) await completion.RecordAsync(unit, family, request, ct);
                return confirmed;
            },
            request.Now,
            takesAliases: false,
            ct);
        if (changed.Refusal is { } refusal) return refusal;
        if (state.CustomOnceMet is { } custom) return await completion.ContinueAsync(request, changed.Value, custom, ct);
        return demand is MfaDemand.None
            ? await completion.AnswerAsync(request, changed.Value, family, TokenSource.NewPasswordChallenge, ct)
            : await completion.AskSecondFactorAsync(request, changed.Value, demand, spends: null, custom: null, ct);
    }
}
