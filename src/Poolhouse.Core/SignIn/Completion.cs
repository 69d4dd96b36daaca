using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What follows once a user has proved a first factor: a further challenge, a refusal, or tokens.</summary>
public sealed class Completion(
    IDatabase database,
    SignInAnswers answers,
    FurtherChallenges further,
    CustomAuth customAuth,
    DeviceStep devices,
    ThreatProtection threats,
    IRandom random)
{
    /// <summary>Why this user may not sign in now, or null. Asked only after the proof, so that it tells nothing to who can't prove.</summary>
    public static Refusal? WhyNot(User user, DateTimeOffset now) => user switch
    {
        { IsEnabled: false } => new Refusal.UserDisabled(),
        { Status: UserStatus.Unconfirmed } => new Refusal.UserNotConfirmed(),
        { MustReset: true } => new Refusal.PasswordResetRequired(),
        { Status: UserStatus.ForceChangePassword, TemporaryPasswordExpiresAt: { } end } when end <= now => new Refusal.TemporaryPasswordExpired(),
        _ => null,
    };

    /// <summary>
    /// The refusal of a wrong password. Who has none and must set one, as imported users must, is told whatever was typed, unless the client
    /// hides who exists (user guide, "Requiring imported users to reset their passwords").
    /// </summary>
    public static Refusal WrongPassword(SignInRequest request, User? user) => user switch
    {
        _ when request.HidesUsers => new Refusal.WrongCredentials(),
        null => new Refusal.UserNotFound(),
        { Password: null, Status: UserStatus.ResetRequired, IsEnabled: true } => new Refusal.PasswordResetRequired(),
        _ => new Refusal.WrongCredentials(),
    };

    /// <summary>Goes on after a right password, by whichever way it was proved.</summary>
    /// <param name="request">The step.</param>
    /// <param name="user">Who proved the password.</param>
    /// <param name="spends">The id of the challenge state that this step uses up; null where there was none.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> AfterPasswordAsync(SignInRequest request, User user, ChallengeState? spends, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        request = request.Continuing(spends).Proving(AuthenticationMethods.Password);
        if (user.Status != UserStatus.ForceChangePassword) return await AfterFirstFactorAsync(request, user, spends, ct);
        // Judged here, before the new password, since after it nothing is. What is demanded then is what the pool demands.
        if ((await threats.JudgeAsync(request, user, MfaRules.DemandOn(request.Pool, user), firstFactor: null, ct)).Refusal is { } risk) return risk;
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
        return await GoOnAsync(request.Continuing(spends).Proving(AuthenticationMethods.ProvedBy(spends)), user, spends, isBothFactors: false, proof: null, ct);
    }

    /// <summary>Goes on after a passkey.</summary>
    /// <param name="request">The step, the passkey among what was proved.</param>
    /// <param name="user">Who proved it.</param>
    /// <param name="spends">The challenge that this step uses up.</param>
    /// <param name="isBothFactors">Whether the passkey stands for the second factor too.</param>
    /// <param name="proof">Takes the signature's counter, or refuses.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> AfterPasskeyAsync(
        SignInRequest request, User user, ChallengeState spends, bool isBothFactors, Func<IUnitOfWork, ValueTask<Refusal?>> proof, CancellationToken ct) =>
        WhyNot(user, request.Now) is { } refusal ? refusal : await GoOnAsync(request, user, spends, isBothFactors, proof, ct);

    private async ValueTask<Outcome<SignInStep>> GoOnAsync(
        SignInRequest request, User user, ChallengeState? spends, bool isBothFactors, Func<IUnitOfWork, ValueTask<Refusal?>>? proof, CancellationToken ct)
    {
        var arrival = await devices.MeetAsync(request, user, spends, ct);
        // Only what this very step names: a client that hears of it tries this step again without the device.
        if (arrival.Presence == DevicePresence.New && request.DeviceKey is not null) return new Refusal.DeviceNotFound();
        var stepped = StepUp.DemandOn(request, user);
        if (stepped.Refusal is { } unreachable) return unreachable;
        var isReached = StepUp.IsReached(request);
        // The one place where a risk is acted upon: the first factor is proved, and there are no tokens yet.
        var judged = await threats.JudgeAsync(request, user, isReached && isBothFactors ? new MfaDemand.None() : stepped.Value, spends?.Challenge, ct);
        if (judged.Refusal is { } risk) return risk;
        var demand = judged.Value;
        // A device stands for the factor of every day, not for one that a risk asks for, nor for one that a level needs.
        if (demand is MfaDemand.None || (isReached && !IsAskedForRisk(request) && DeviceStep.StandsFor(request.Pool, arrival, demand)))
            return await SignInAsync(request, user, arrival, spends, proof, ct);
        // A proof that can be used up is so before anything follows on it: a copied passkey must not get as far as the second factor.
        if (proof is not null && await database.WriteAsync(unit => proof(unit), ct) is { } unproven) return unproven;
        return await AskSecondFactorAsync(request, user, demand, spends, spends?.CustomOnceMet, ct);
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
        SignInRequest request, User user, ChallengeState? spends, Func<IUnitOfWork, ValueTask<Refusal?>>? proof, CancellationToken ct) =>
        await SignInAsync(request, user, await devices.MeetAsync(request, user, spends, ct), spends, proof, ct);

    /// <summary>
    /// The same from a device that was looked at before. One that is remembered and hasn't proved that yet is asked to, and nothing is
    /// begun before it does: what a device stands for must never depend on a later look at it.
    /// </summary>
    public async ValueTask<Outcome<SignInStep>> SignInAsync(
        SignInRequest request, User user, DeviceArrival arrival, ChallengeState? spends, Func<IUnitOfWork, ValueTask<Refusal?>>? proof, CancellationToken ct)
    {
        request = request.Continuing(spends).Proving(AuthenticationMethods.ProvedBy(spends));
        // What leads here asks for all that the level needs; if one day something doesn't, there are no tokens.
        if (!StepUp.IsReached(request)) return new Refusal.StepUp(StepUpProblem.Unreachable);
        var asked = arrival.NeedsProof ? devices.Ask(request, user, arrival, spends) : null;
        // Within CUSTOM_AUTH a step that is met leads back to the pool's function, which says what comes next.
        var custom = spends?.CustomOnceMet;
        var family = NewFamily(request, user, arrival);
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
            if (asked is not null) await unit.Devices.AskAsync(user.PoolId, user.Sub, arrival.Key!, asked.Session!, ct);
            else if (custom is null) await RecordAsync(unit, family, request, ct);
            return null;
        }, ct);
        if (refusal is not null) return refusal;
        if (asked is not null) return asked;
        var source = arrival.Presence == DevicePresence.Proved ? TokenSource.AuthenticateDevice : TokenSource.Authentication;
        return custom is null
            ? await AnswerAsync(request, user, family, source, ct)
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

    /// <summary>
    /// CUSTOM_AUTH: the function wants tokens. A second factor, or a remembered device, that was not proved on the way is asked for
    /// nevertheless.
    /// </summary>
    public async ValueTask<Outcome<SignInStep>> FinishAsync(SignInRequest request, User user, CustomProgress progress, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        // The risk was judged with the password where there was one.
        var demand = MfaRules.DemandOn(request.Pool, user);
        if (!progress.HasPassword)
        {
            var judged = await threats.JudgeAsync(request, user, demand, firstFactor: null, ct);
            if (judged.Refusal is { } risk) return risk;
            demand = judged.Value;
        }

        var met = await devices.MeetAsync(request, user, follows: null, ct, progress.ProvedDevice);
        var stands = !IsAskedForRisk(request) && DeviceStep.StandsFor(request.Pool, met, demand);
        var arrival = met.NeedsProof && met.Key == progress.ProvedDevice ? met with { Presence = DevicePresence.Proved } : met;
        return demand is MfaDemand.None || progress.HasSecondFactor || stands
            ? await SignInAsync(request, user, arrival, spends: null, proof: null, ct)
            : await AskSecondFactorAsync(request, user, demand, spends: null, progress, ct);
    }

    // A device stands for the factor of every day, not for one that a risk asks for.
    private static bool IsAskedForRisk(SignInRequest request) => request.Attempt?.Action is { EventAction: "MFA_REQUIRED" or "MFA_IF_CONFIGURED" };

    /// <summary>A family for a sign-in in which the device is not asked, not yet stored.</summary>
    public async ValueTask<TokenFamily> NewFamilyAsync(SignInRequest request, User user, ChallengeState? follows, CancellationToken ct) =>
        NewFamily(
            request.Continuing(follows).Proving(AuthenticationMethods.ProvedBy(follows)), user, await devices.MeetAsync(request, user, follows, ct));

    private TokenFamily NewFamily(SignInRequest request, User user, DeviceArrival arrival)
    {
        var family = new TokenFamily
        {
            Id = random.UuidText(),
            OriginJti = random.UuidText(),
            PoolId = user.PoolId,
            ClientId = request.Client.Id,
            Sub = user.Sub,
            AuthenticatedAt = request.Now,
            ExpiresAt = request.Now + Validity.RefreshToken(request.Client.Settings),
            CurrentRefreshId = random.UuidText(),
            Acr = AuthenticationLevels.NameOf(request.Pool.Settings.AcrNames, AuthenticationMethods.LevelOf(request.Proved)),
            Amr = AuthenticationMethods.Claim(request.Proved),
            DeviceKey = arrival.Key,
            DevicePresence = arrival.Presence,
        };
        return !request.Pool.Settings.Sessions.IsEnabled ? family : family with
        {
            SessionId = SessionIds.NewToken(random),
            LastActiveAt = request.Now,
            Device = request.Origin.Device,
            Address = request.Address,
        };
    }

    /// <summary>
    /// Stores the family and the event of its sign-in, and notes the sign-in on its device. Where sessions are tracked, those least recently
    /// used make room for it.
    /// </summary>
    public async ValueTask RecordAsync(IUnitOfWork unit, TokenFamily family, SignInRequest request, CancellationToken ct)
    {
        var now = request.Now;
        if (family.SessionId is not null)
            await unit.Families.EvictAsync(family.PoolId, family.Sub, request.Pool.Settings.Sessions.MaxPerUser - 1, now, ct);
        await unit.Families.CreateAsync(family, ct);
        if (family.DevicePresence == DevicePresence.Known)
            await unit.Devices.UseAsync(family.PoolId, family.Sub, family.DeviceKey!, mustBeRemembered: false, request.Address, now, ct);
        await unit.Events.AddAsync(
            new UserEvent
            {
                Id = random.UuidText(),
                PoolId = family.PoolId,
                Sub = family.Sub,
                Kind = UserEventKind.SignedIn,
                ClientId = family.ClientId,
                At = now,
                Address = request.Address,
                Device = request.Origin.UserAgent is null ? null : request.Origin.Device,
            },
            ct);
    }

    /// <summary>Spends a challenge; true where there was none to spend.</summary>
    public static async ValueTask<bool> SpendAsync(IUnitOfWork unit, ChallengeState? state, CancellationToken ct) =>
        state is null || await unit.Spent.SpendAsync(state.Id, DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt), ct);

    /// <summary>The tokens of a stored family.</summary>
    public ValueTask<Outcome<SignInStep>> AnswerAsync(SignInRequest request, User user, TokenFamily family, TokenSource source, CancellationToken ct) =>
        answers.AnswerAsync(request, user, family, source, ct);
}
