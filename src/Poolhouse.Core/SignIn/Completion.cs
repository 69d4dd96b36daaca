using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What follows once a user has proved a first factor: a further challenge, a refusal, or tokens.</summary>
public sealed class Completion(IDatabase database, TokenIssuer issuer, RefreshTokens refreshTokens, FurtherChallenges further, IRandom random)
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
        request = request.Continuing(spends).Proving(AuthenticationMethods.Password);
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
        request = request.Continuing(spends).Proving(AuthenticationMethods.ProvedBy(spends));
        var demand = StepUp.DemandOn(request, user);
        if (demand.Refusal is { } unreachable) return unreachable;
        return demand.Value is MfaDemand.None
            ? await SignInAsync(request, user, spends, ct)
            : await AskSecondFactorAsync(request, user, demand.Value, spends, ct);
    }

    /// <summary>Goes on after a passkey.</summary>
    /// <param name="request">The step, the passkey among what was proved.</param>
    /// <param name="user">Who proved it.</param>
    /// <param name="spends">The challenge that this step uses up.</param>
    /// <param name="isBothFactors">Whether the passkey stands for the second factor too.</param>
    /// <param name="proof">Takes the signature's counter, or refuses.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<SignInStep>> AfterPasskeyAsync(
        SignInRequest request, User user, ChallengeState spends, bool isBothFactors, Func<IUnitOfWork, ValueTask<Refusal?>> proof, CancellationToken ct)
    {
        if (WhyNot(user, request.Now) is { } refusal) return refusal;
        if (isBothFactors && StepUp.IsReached(request)) return await SignInAsync(request, user, spends, proof, ct);
        var demand = StepUp.DemandOn(request, user);
        if (demand.Refusal is { } unreachable) return unreachable;
        return demand.Value is MfaDemand.None
            ? await SignInAsync(request, user, spends, proof, ct)
            : await AskSecondFactorAsync(request, user, demand.Value, spends, ct);
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
        SignInRequest request, User user, ChallengeState? spends, Func<IUnitOfWork, ValueTask<Refusal?>>? proof, CancellationToken ct)
    {
        request = request.Continuing(spends).Proving(AuthenticationMethods.ProvedBy(spends));
        // What leads here asks for all that the level needs; if one day something doesn't, there are no tokens.
        if (!StepUp.IsReached(request)) return new Refusal.StepUp(StepUpProblem.Unreachable);
        var family = NewFamily(request, user);
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
            await RecordAsync(unit, family, request.Now, ct);
            return null;
        }, ct);
        return refusal ?? await AnswerAsync(request, user, family, ct);
    }

    /// <summary>A family for this sign-in, not yet stored.</summary>
    public TokenFamily NewFamily(SignInRequest request, User user) => new()
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
    public async ValueTask<Outcome<SignInStep>> AnswerAsync(SignInRequest request, User user, TokenFamily family, CancellationToken ct)
    {
        var refresh = refreshTokens.Write(new RefreshToken(family.Id, family.CurrentRefreshId, family.PoolId, family.ClientId, family.ExpiresAt));
        return new SignInStep.Authenticated(await issuer.IssueAsync(request.Client, user, family, refresh, request.Now, ct));
    }
}
