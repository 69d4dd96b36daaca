using Poolhouse.Core.Clients;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Events;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What follows once a user has proved a first factor: a further challenge, a refusal, or tokens.</summary>
public sealed class Completion(
    IDatabase database, TokenIssuer issuer, RefreshTokens refreshTokens, FurtherChallenges further, DeviceStep devices, IRandom random)
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
        if (user.Status != UserStatus.ForceChangePassword) return await AfterFirstFactorAsync(request, user, spends, ct);
        var isFirst = await database.WriteAsync(async unit =>
        {
            await PasswordGuesses.ClearAsync(unit, request.Pool, user, ct);
            return await SpendAsync(unit, spends, ct);
        }, ct);
        return isFirst ? further.AskNewPassword(request, user) : new Refusal.SessionSpent();
    }

    /// <summary>Goes on after a first factor, whichever it was: every way in comes by here, so none goes past the second factor.</summary>
    public async ValueTask<Outcome<SignInStep>> AfterFirstFactorAsync(SignInRequest request, User user, ChallengeState? spends, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        var arrival = await devices.MeetAsync(request, user, spends, ct);
        // Only what this very step names: a client that hears of it tries this step again without the device.
        if (arrival.Presence == DevicePresence.New && request.DeviceKey is not null) return new Refusal.DeviceNotFound();
        var demand = MfaRules.DemandOn(request.Pool, user);
        return demand is MfaDemand.None || DeviceStep.StandsFor(request.Pool, arrival, demand)
            ? await SignInAsync(request, user, arrival, spends, proof: null, ct)
            : await AskSecondFactorAsync(request, user, demand, spends, ct);
    }

    /// <summary>Asks for a second factor.</summary>
    public ValueTask<Outcome<SignInStep>> AskSecondFactorAsync(
        SignInRequest request, User user, MfaDemand demand, ChallengeState? spends, CancellationToken ct) =>
        further.AskSecondFactorAsync(request, user, demand, spends, ct);

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
        var asked = arrival.NeedsProof ? devices.Ask(request, user, arrival, spends) : null;
        var family = NewFamily(request.Client, user, arrival, request.Now);
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
            if (asked is null) await RecordAsync(unit, family, request, ct);
            else await unit.Devices.AskAsync(user.PoolId, user.Sub, arrival.Key!, asked.Session!, ct);
            return null;
        }, ct);
        if (refusal is not null) return refusal;
        return asked is null ? await AnswerAsync(request, user, family, ct) : asked;
    }

    /// <summary>A family for a sign-in in which the device is not asked, not yet stored.</summary>
    public async ValueTask<TokenFamily> NewFamilyAsync(SignInRequest request, User user, ChallengeState? follows, CancellationToken ct) =>
        NewFamily(request.Client, user, await devices.MeetAsync(request, user, follows, ct), request.Now);

    private TokenFamily NewFamily(AppClient client, User user, DeviceArrival arrival, DateTimeOffset now) => new()
    {
        Id = random.UuidText(),
        OriginJti = random.UuidText(),
        PoolId = user.PoolId,
        ClientId = client.Id,
        Sub = user.Sub,
        AuthenticatedAt = now,
        ExpiresAt = now + Validity.RefreshToken(client.Settings),
        CurrentRefreshId = random.UuidText(),
        DeviceKey = arrival.Key,
        DevicePresence = arrival.Presence,
    };

    /// <summary>Stores the family and the event of its sign-in, and notes the sign-in on its device.</summary>
    public async ValueTask RecordAsync(IUnitOfWork unit, TokenFamily family, SignInRequest request, CancellationToken ct)
    {
        var now = request.Now;
        await unit.Families.CreateAsync(family, ct);
        if (family.DevicePresence == DevicePresence.Known)
            await unit.Devices.UseAsync(family.PoolId, family.Sub, family.DeviceKey!, mustBeRemembered: false, request.Address, now, ct);
        await unit.Events.AddAsync(
            new UserEvent { Id = random.UuidText(), PoolId = family.PoolId, Sub = family.Sub, Kind = UserEventKind.SignedIn, ClientId = family.ClientId, At = now },
            ct);
    }

    /// <summary>Spends a challenge; true where there was none to spend.</summary>
    public static async ValueTask<bool> SpendAsync(IUnitOfWork unit, ChallengeState? state, CancellationToken ct) =>
        state is null || await unit.Spent.SpendAsync(state.Id, DateTimeOffset.FromUnixTimeMilliseconds(state.ExpiresAt), ct);

    /// <summary>The tokens of a stored family.</summary>
    public async ValueTask<Outcome<SignInStep>> AnswerAsync(SignInRequest request, User user, TokenFamily family, CancellationToken ct)
    {
        var refresh = refreshTokens.Write(new RefreshToken(family.Id, family.CurrentRefreshId, family.PoolId, family.ClientId, family.ExpiresAt));
        var tokens = await issuer.IssueAsync(request.Client, user, family, refresh, request.Now, ct);
        return new SignInStep.Authenticated(
            tokens, family.DevicePresence == DevicePresence.New ? new NewDevice(family.DeviceKey!, DeviceKeys.GroupOf(family.PoolId, family.Sub)) : null);
    }
}
