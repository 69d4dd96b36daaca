using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What follows once a user has proved a first factor: a further challenge, a refusal, or tokens.</summary>
public sealed class Completion(IDatabase database, SignInAnswers answers, FurtherChallenges further, CustomAuth customAuth, IRandom random)
{
    /// <summary>Why this user may not sign in now, or null. Asked only after the proof, so that it tells nothing to who can't prove.</summary>
    public static Refusal? WhyNot(User user, DateTimeOffset now) => user switch
    {
        { IsEnabled: false } => new Refusal.UserDisabled(),
        { Status: UserStatus.Unconfirmed } => new Refusal.UserNotConfirmed(),
        { Status: UserStatus.ResetRequired } => new Refusal.PasswordResetRequired(),
        { Status: UserStatus.ForceChangePassword, TemporaryPasswordExpiresAt: { } end } when end <= now => new Refusal.TemporaryPasswordExpired(),
        _ => null,
    };

    /// <summary>Goes on after a right password, by whichever way it was proved.</summary>
    /// <param name="request">The step.</param>
    /// <param name="user">Who proved the password.</param>
    /// <param name="spends">The id of the challenge state that this step uses up; null where there was none.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> AfterPasswordAsync(SignInRequest request, User user, ChallengeState? spends, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        if (user.Status != UserStatus.ForceChangePassword) return await AfterFirstFactorAsync(request, user, spends, ct);
        var isFirst = await database.WriteAsync(async unit =>
        {
            await PasswordGuesses.ClearAsync(unit, request.Pool, user, ct);
            return await SpendAsync(unit, spends, ct);
        }, ct);
        return isFirst ? further.AskNewPassword(request, user, spends?.CustomOnceMet) : new Refusal.SessionSpent();
    }

    /// <summary>Goes on after a first factor, whichever it was: every way in comes by here, so none goes past the second factor.</summary>
    public async ValueTask<Outcome<SignInStep>> AfterFirstFactorAsync(SignInRequest request, User user, ChallengeState? spends, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        var demand = MfaRules.DemandOn(request.Pool, user);
        return demand is MfaDemand.None
            ? await SignInAsync(request, user, spends, ct)
            : await AskSecondFactorAsync(request, user, demand, spends, spends?.CustomOnceMet, ct);
    }

    /// <summary>Asks for a second factor.</summary>
    public ValueTask<Outcome<SignInStep>> AskSecondFactorAsync(
        SignInRequest request, User user, MfaDemand demand, ChallengeState? spends, CustomProgress? custom, CancellationToken ct) =>
        further.AskSecondFactorAsync(request, user, demand, spends, custom, ct);

    /// <summary>Starts a token family and answers its tokens: nothing more is asked.</summary>
    public ValueTask<Outcome<SignInStep>> SignInAsync(SignInRequest request, User user, ChallengeState? spends, CancellationToken ct) =>
        SignInAsync(request, user, spends, proof: null, ct);

    /// <summary>The same with a proof that is used up in the transaction, or refuses there.</summary>
    public async ValueTask<Outcome<SignInStep>> SignInAsync(
        SignInRequest request, User user, ChallengeState? spends, Func<IUnitOfWork, ValueTask<Refusal?>>? proof, CancellationToken ct)
    {
        // Within CUSTOM_AUTH a step that is met leads back to the pool's function, which says what comes next.
        var custom = spends?.CustomOnceMet;
        var family = NewFamily(request.Client, user, request.Now);
        var refusal = await database.WriteAsync<Refusal?>(async unit =>
        {
            var spent = await SpendAsync(unit, spends, ct) ? null : new Refusal.SessionSpent();
            if ((spent ?? (proof is null ? null : await proof(unit))) is { } whyNot)
            {
                unit.Abandon();
                return whyNot;
            }

            await PasswordGuesses.ClearAsync(unit, request.Pool, user, ct);
            if (spends is { IsSecondFactor: true }) await CodeGuesses.ClearAsync(unit, request.Pool, user, ct);
            if (custom is null) await RecordAsync(unit, family, request.Now, ct);
            return null;
        }, ct);
        if (refusal is not null) return refusal;
        return custom is null
            ? await AnswerAsync(request, user, family, TokenSource.Authentication, ct)
            : await ContinueAsync(request, user, custom, ct);
    }

    /// <summary>CUSTOM_AUTH: asks the pool's function what follows on what was met so far, and does it.</summary>
    public async ValueTask<Outcome<SignInStep>> ContinueAsync(SignInRequest request, User user, CustomProgress progress, CancellationToken ct)
    {
        var decided = await customAuth.DecideAsync(request, user.Username, user, progress, ct);
        if (decided.Refusal is { } refusal) return refusal;
        return decided.Value switch
        {
            CustomDecision.Ask ask => ask.Step,
            CustomDecision.Finish => await FinishAsync(request, user, progress, ct),
            // The client's half of SRP comes with the beginning or with an answer, and neither is here.
            _ => new Refusal.TriggerAnswerInvalid(),
        };
    }

    /// <summary>CUSTOM_AUTH: the function wants tokens. A second factor that was not proved on the way is asked for nevertheless.</summary>
    public async ValueTask<Outcome<SignInStep>> FinishAsync(SignInRequest request, User user, CustomProgress progress, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        var demand = MfaRules.DemandOn(request.Pool, user);
        return demand is MfaDemand.None || progress.HasSecondFactor
            ? await SignInAsync(request, user, spends: null, ct)
            : await AskSecondFactorAsync(request, user, demand, spends: null, progress, ct);
    }

    /// <summary>A family for this sign-in, not yet stored.</summary>
    public TokenFamily NewFamily(AppClient client, User user, DateTimeOffset now) => new()
    {
        Id = random.UuidText(),
        OriginJti = random.UuidText(),
        PoolId = user.PoolId,
        ClientId = client.Id,
        Sub = user.Sub,
        AuthenticatedAt = now,
        ExpiresAt = now + Validity.RefreshToken(client.Settings),
        CurrentRefreshId = random.UuidText(),
    };

    /// <summary>Stores the family and the event of its sign-in.</summary>
    public async ValueTask RecordAsync(IUnitOfWork unit, TokenFamily family, DateTimeOffset now, CancellationToken ct)
    {
        await unit.Families.CreateAsync(family, ct);
        await unit.Events.AddAsync(
            new UserEvent { Id = random.UuidText(), PoolId = family.PoolId, Sub = family.Sub, Kind = UserEventKind.SignedIn, ClientId = family.ClientId, At = now },
            ct);
    }

    /// <summary>Spends a challenge; true where there was none to spend.</summary>
    public static async ValueTask<bool> SpendAsync(IUnitOfWork unit, ChallengeState? state, CancellationToken ct) =>
        state is null || await unit.Spent.SpendAsync(state.Id, DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt), ct);

    /// <summary>The tokens of a stored family.</summary>
    public ValueTask<Outcome<SignInStep>> AnswerAsync(SignInRequest request, User user, TokenFamily family, TokenSource source, CancellationToken ct) =>
        answers.AnswerAsync(request, user, family, source, ct);
}
