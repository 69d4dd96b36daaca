using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Users;

/// <summary>What a user must prove beside the first factor.</summary>
public abstract record MfaDemand
{
    private MfaDemand() { }

    /// <summary>Nothing.</summary>
    public sealed record None : MfaDemand;

    /// <summary>This factor.</summary>
    public sealed record Factor(string Name) : MfaDemand;

    /// <summary>One of these, as the person chooses.</summary>
    public sealed record Choice(IReadOnlyList<string> Factors) : MfaDemand;

    /// <summary>The pool asks for a second factor and the user has none: one of these must be set up first.</summary>
    public sealed record SetUp(IReadOnlyList<string> Factors) : MfaDemand;
}

/// <summary>Decides over second factors. The one place that knows who is asked for which.</summary>
public static class MfaRules
{
    /// <summary>What the user must prove beside a right password.</summary>
    public static MfaDemand DemandOn(UserPool pool, User user)
    {
        var factors = FactorsOf(pool, user);
        if (factors.Count == 1) return new MfaDemand.Factor(factors[0]);
        if (factors.Count > 1) return user.Mfa.Preferred is { } preferred && factors.Contains(preferred) ? new MfaDemand.Factor(preferred) : new MfaDemand.Choice(factors);
        return pool.Settings.Mfa.Mode == PoolMfa.On ? new MfaDemand.SetUp([.. MfaFactors.All.Where(f => Allows(pool.Settings.Mfa, f))]) : new MfaDemand.None();
    }

    /// <summary>
    /// The factors that the user can be asked for: those enabled by preference and, in a pool that asks everybody, for want of
    /// these whatever the user has; an address then need not be verified, because the code that arrives there proves it.
    /// </summary>
    public static IReadOnlyList<string> FactorsOf(UserPool pool, User user)
    {
        var mode = pool.Settings.Mfa.Mode;
        if (mode == PoolMfa.Off) return [];
        var enabled = MfaFactors.All.Where(f => user.Mfa.IsEnabled(f) && IsReady(pool, user, f)).ToArray();
        return enabled.Length > 0 || mode == PoolMfa.Optional ? enabled : [.. MfaFactors.All.Where(f => IsReady(pool, user, f))];
    }

    /// <summary>Every factor that the user could be asked for, chosen or not; addresses only where they are proven.</summary>
    public static IReadOnlyList<string> SetUpFactors(UserPool pool, User user)
    {
        if (pool.Settings.Mfa.Mode == PoolMfa.Off) return [];
        var enabled = FactorsOf(pool, user);
        return [.. MfaFactors.All.Where(f => enabled.Contains(f) || (IsReady(pool, user, f) && (MfaFactors.AttributeOf(f) is not { } a || user.HasVerified(a))))];
    }

    /// <summary>
    /// What the user must prove where a sign-in is risky: what is demanded anyway, or else a factor that the user has without having
    /// asked for it, an address only if it is verified. API_AccountTakeoverActionType, MFA_IF_CONFIGURED.
    /// </summary>
    /// <param name="pool">The pool; one without second factors demands none.</param>
    /// <param name="user">The user.</param>
    /// <param name="demand">What is demanded anyway.</param>
    /// <param name="firstFactor">A first factor that was a code, which can't be its own second.</param>
    public static MfaDemand DemandAtRisk(UserPool pool, User user, MfaDemand demand, string? firstFactor)
    {
        if (demand is not MfaDemand.None || pool.Settings.Mfa.Mode == PoolMfa.Off) return demand;
        string[] bestFirst = [MfaFactors.SoftwareToken, MfaFactors.Sms, MfaFactors.Email];
        var factor = Array.Find(bestFirst, f =>
            IsReady(pool, user, f)
            && (MfaFactors.AttributeOf(f) is not { } attribute || user.HasVerified(attribute))
            && !(firstFactor == "EMAIL_OTP" && f == MfaFactors.Email) && !(firstFactor == "SMS_OTP" && f == MfaFactors.Sms));
        return factor is null ? demand : new MfaDemand.Factor(factor);
    }

    /// <summary>Whether the pool lets users set the factor up.</summary>
    public static bool Allows(PoolMfa pool, string factor) => factor switch
    {
        MfaFactors.Sms => pool.AllowsSms,
        MfaFactors.Email => pool.AllowsEmail,
        _ => pool.AllowsSoftwareToken,
    };

    private static bool IsReady(UserPool pool, User user, string factor) => MfaFactors.AttributeOf(factor) is { } attribute
        ? Allows(pool.Settings.Mfa, factor) && user[attribute] is { Length: > 0 }
        : user.Mfa.HasSoftwareToken;
}
