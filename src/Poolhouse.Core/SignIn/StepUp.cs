using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>What a sign-in is to reach.</summary>
/// <param name="Levels">1–4, the preferred first; never empty.</param>
/// <param name="TokenLevel">The level of the access token that came along; 0 where none counts.</param>
/// <param name="Sub">Whose that token is; null where none came.</param>
public sealed record StepUpWish(IReadOnlyList<int> Levels, int TokenLevel, Sub? Sub);

/// <summary>Why a level is not reached.</summary>
public enum StepUpProblem
{
    /// <summary>None of the names is a level of the pool.</summary>
    UnknownLevels,

    /// <summary>An access token came without levels.</summary>
    TokenWithoutLevels,

    /// <summary>The age is not a whole number from 0.</summary>
    InvalidAge,

    /// <summary>The access token is another user's or client's.</summary>
    ForeignToken,

    /// <summary>The access token has the level already.</summary>
    Reached,

    /// <summary>The user has no factors that reach it.</summary>
    Unreachable,
}

/// <summary>
/// Decides what a sign-in must still ask for to reach a level: all of it or nothing, never less than second factors ask for anyway,
/// and only factors that the user has (user guide, "Step-up authentication with the USER_AUTH flow").
/// </summary>
public static class StepUp
{
    /// <summary>The request with the first level that can be reached as its target.</summary>
    /// <param name="request">What a token proves is in it already.</param>
    /// <param name="user">Null where nobody has the name, who looks like somebody with nothing but a password.</param>
    /// <param name="offered">The first factors that the user can begin with.</param>
    /// <param name="wish">The levels.</param>
    public static Outcome<SignInRequest> Choose(SignInRequest request, User? user, IReadOnlyList<string> offered, StepUpWish wish)
    {
        // Whose password waits to be replaced begins with that, whatever a token of before says.
        if (user is not { Status: UserStatus.Confirmed }) (request, wish) = (request with { Proved = [], IsCredited = false }, wish with { TokenLevel = 0 });
        foreach (var level in wish.Levels)
        {
            if (wish.TokenLevel >= level) return new Refusal.StepUp(StepUpProblem.Reached);
            var aimed = request with { TargetLevel = level };
            // The token's level has another name by now, so it counts for nothing, though its methods would do: then all is asked anew.
            if (AuthenticationMethods.LevelOf(aimed.Proved) >= level) aimed = aimed with { Proved = [], IsCredited = false };
            if (offered.Any(factor => CanReach(aimed, user, factor)) || (aimed.Proved.Count > 0 && user is not null && FactorsOf(aimed, user).Count > 0)) return aimed;
        }

        return new Refusal.StepUp(StepUpProblem.Unreachable);
    }

    /// <summary>Whether beginning with a first factor leads to the target.</summary>
    public static bool CanReach(SignInRequest request, User? user, string factor)
    {
        if (request.TargetLevel == 0) return true;
        var method = AuthenticationMethods.Of(factor);
        if (request.Proved.Contains(method)) return false;
        var proved = request.Proving(method);
        return IsReached(proved) || (user is not null && FactorsOf(proved, user).Count > 0);
    }

    /// <summary>What must be proved beside what was; a refusal where that does not lead to the target.</summary>
    public static Outcome<MfaDemand> DemandOn(SignInRequest request, User user)
    {
        var floor = MfaRules.DemandOn(request.Pool, user);
        if (IsReached(request)) return floor;
        var factors = FactorsOf(request, user);
        if (factors.Count == 0) return new Refusal.StepUp(StepUpProblem.Unreachable);
        if (factors.Count == 1) return new MfaDemand.Factor(factors[0]);
        return user.Mfa.Preferred is { } preferred && factors.Contains(preferred) ? new MfaDemand.Factor(preferred) : new MfaDemand.Choice(factors);
    }

    /// <summary>The second factors that may be asked for now.</summary>
    public static IReadOnlyList<string> FactorsOf(SignInRequest request, User user)
    {
        var enabled = MfaRules.FactorsOf(request.Pool, user);
        if (IsReached(request)) return enabled;
        var enough = MfaRules.SetUpFactors(request.Pool, user).Where(factor => IsReached(request.Proving(AuthenticationMethods.Of(factor)))).ToArray();
        // Of those that lead there, those that the user chose.
        return enough.Intersect(enabled, StringComparer.Ordinal).Any() ? [.. enough.Where(enabled.Contains)] : enough;
    }

    /// <summary>Whether what was proved is what was asked for; where nothing was, it always is.</summary>
    public static bool IsReached(SignInRequest request) => AuthenticationMethods.LevelOf(request.Proved) >= request.TargetLevel;
}
