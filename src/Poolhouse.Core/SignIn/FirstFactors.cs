using Poolhouse.Core.Codes;
using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The first factors of USER_AUTH, reached by a preference or by SELECT_CHALLENGE.</summary>
public sealed class FirstFactors(
    IDatabase database,
    UserPasskeys passkeys,
    FirstFactorStarts starts,
    Completion completion,
    ChallengeStates states,
    PasskeyProof passkey)
{
    /// <summary>The challenge that asks which factor.</summary>
    public const string SelectChallenge = "SELECT_CHALLENGE";

    /// <summary>Begins with the preferred factor, or names those there are: a preference that can't be met is not an error.</summary>
    public async ValueTask<Outcome<SignInStep>> BeginAsync(SignInRequest request, string username, string? preferred, StepUpWish? wish, CancellationToken ct)
    {
        var found = await FindAsync(request, username, ct);
        // A user who may come from elsewhere is asked for the password like one who is here.
        if (found.User is null && !request.HidesUsers && request.Pool.Settings.Triggers.UserMigration is null) return new Refusal.UserNotFound();
        if (wish is not null)
        {
            if (wish.Sub is { } sub && sub != found.User?.Sub) return new Refusal.StepUp(StepUpProblem.ForeignToken);
            var chosen = StepUp.Choose(request, found.User, found.Offered, wish);
            if (chosen.Refusal is { } refusal) return refusal;
            request = chosen.Value;
            found = found with { Offered = [.. found.Offered.Where(f => StepUp.CanReach(request, found.User, f))] };
            if (AsksSecondFactorOnly(request, found, preferred)) return await completion.AfterFirstFactorAsync(request, found.User!, spends: null, ct);
        }

        return preferred is not null && found.Offered.Contains(preferred)
            ? await starts.StartAsync(request, username, found.User, found.Passkeys, preferred, spends: null, ct)
            : Select(request, username, found);
    }

    /// <summary>Goes on with a chosen factor; with its answer in the same call it also ends there.</summary>
    public async ValueTask<Outcome<SignInStep>> ChooseAsync(
        SignInRequest request, string username, string factor, ChallengeState spends, CancellationToken ct)
    {
        request = request.Continuing(spends);
        var found = await FindAsync(request, username, ct);
        return found.Offered.Contains(factor)
            ? await starts.StartAsync(request, username, found.User, found.Passkeys, factor, spends, ct)
            : new Refusal.InvalidParameter("Selected challenge is not available.");
    }

    private async ValueTask<Found> FindAsync(SignInRequest request, string username, CancellationToken ct)
    {
        var pool = request.Pool;
        var user = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(username), ct), ct);
        var usable = await passkeys.UsableAsync(pool, user, ct);
        var offered = FirstFactorRules.Of(pool, user, username, usable.Count > 0);
        return new Found(user, usable, [.. offered.Where(factor => StepUp.CanReach(request, user, factor))]);
    }

    // Where an earlier sign-in proved the first factor, only the second is missing; unless a passkey, which is both, is asked for.
    private static bool AsksSecondFactorOnly(SignInRequest request, Found found, string? preferred) =>
        request.Proved.Count > 0 && found.User is not null && StepUp.FactorsOf(request, found.User).Count > 0
        && !(preferred == PasskeyRules.WebAuthn && found.Offered.Contains(preferred));

    // What a passkey is to sign comes along, so that the answer that chooses it may bring the signature.
    private SignInStep.Challenged Select(SignInRequest request, string username, Found found)
    {
        var state = states.New(request, SelectChallenge, username, user: null);
        if (!found.Offered.Contains(PasskeyRules.WebAuthn))
            return new SignInStep.Challenged(SelectChallenge, states.Seal(request.Pool.Id, state), new Dictionary<string, string>(StringComparer.Ordinal), found.Offered);
        var challenge = passkey.NewChallenge();
        return new SignInStep.Challenged(
            SelectChallenge,
            states.Seal(request.Pool.Id, state with { PasskeyChallenge = challenge }),
            PasskeyProof.ParametersOf(request, challenge, found.Passkeys),
            found.Offered);
    }

    private sealed record Found(User? User, IReadOnlyList<Passkey> Passkeys, IReadOnlyList<string> Offered);
}

/// <summary>Begins with one first factor.</summary>
public sealed class FirstFactorStarts(PasswordProof password, SrpProof srp, CodeChallenges codes, PasskeyProof passkey, ChallengeStates states)
{
    /// <summary>Asks for the factor, or judges it where its answer came along.</summary>
    public async ValueTask<Outcome<SignInStep>> StartAsync(
        SignInRequest request, string username, User? user, IReadOnlyList<Passkey> passkeys, string factor, ChallengeState? spends, CancellationToken ct)
    {
        if (factor == PasskeyRules.WebAuthn)
        {
            return request[PasskeyProof.Credential] is { } credential && spends is not null
                ? await passkey.JudgeAsync(request, spends, user, credential, ct)
                : Answered(passkey.Ask(request, username, user!, passkeys, spends));
        }

        if (FirstFactorRules.AttributeOf(factor) is { } attribute)
        {
            return user is null
                ? await codes.PretendAsync(request, username, factor, ct)
                : await codes.SendAsync(request, username, user, new CodeChallenge(factor, new Delivery(attribute, user[attribute]!)), spends, custom: null, ct);
        }

        if (factor == "PASSWORD_SRP")
        {
            return request["SRP_A"] is { } srpA
                ? await srp.ChallengeAsync(request, username, srpA, custom: null, ct)
                : new Refusal.MissingParameter("SRP_A");
        }

        return request["PASSWORD"] is { } typed
            ? await password.JudgeAsync(request, username, typed, spends, ct)
            : Answered(Ask(request, username, factor));
    }

    private SignInStep.Challenged Ask(SignInRequest request, string username, string factor) => new(
        factor,
        states.Seal(request.Pool.Id, states.New(request, factor, username, user: null)),
        new Dictionary<string, string>(StringComparer.Ordinal),
        [factor]);

    private static Outcome<SignInStep> Answered(SignInStep step) => step;
}
