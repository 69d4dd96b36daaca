using Poolhouse.Core.Clients;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Threats;

/// <summary>The modes of API_UserPoolAddOnsType.AdvancedSecurityMode.</summary>
public static class ThreatModes
{
    /// <summary>Nothing is looked at or remembered.</summary>
    public const string Off = "OFF";

    /// <summary>Risks are judged and remembered, and nothing is done.</summary>
    public const string Audit = "AUDIT";

    /// <summary>Risks are judged, remembered and acted upon.</summary>
    public const string Enforced = "ENFORCED";
}

/// <summary>What is seen of a sign-in on its way, for who writes it down at the end. One for each step.</summary>
public sealed class SignInAttempt
{
    /// <summary>The event it is of; the same for all steps after the first factor.</summary>
    public required string EventId { get; init; }

    /// <summary>Whether the event began with an earlier step.</summary>
    public bool IsContinued { get; init; }

    /// <summary>Who proved a first factor; null before.</summary>
    public User? User { get; set; }

    /// <summary>What the risk was judged to be; null where it wasn't judged.</summary>
    public RiskAssessment? Risk { get; set; }

    /// <summary>What is done about it; null for nothing.</summary>
    public TakeoverAction? Action { get; set; }

    /// <summary>Whether the attempt was blocked for its risk.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Whether the password is known to others; null where nobody looked.</summary>
    public bool? IsCompromised { get; set; }
}

/// <summary>Judges sign-ins and passwords where the pool asks for it, and says what follows. An exception on the way means no.</summary>
public sealed class ThreatProtection(Catalog catalog, IDatabase database, IBreachedPasswords breached)
{
    /// <summary>Why a request may not even be looked at: it comes from a blocked range. Null lets it through.</summary>
    public async ValueTask<Refusal?> WhyNotAsync(UserPool pool, AppClient client, Origin origin, CancellationToken ct)
    {
        if (pool.Settings.ThreatProtection != ThreatModes.Enforced) return null;
        var configuration = await catalog.FindRiskAsync(pool.Id, client.Id, ct);
        return configuration?.Exceptions?.Blocks(origin.Address) == true ? new Refusal.RequestBlocked() : null;
    }

    /// <summary>
    /// Judges a sign-in whose first factor is proved: what is demanded beside it, which may be more than the pool and the user ask
    /// for, or a refusal.
    /// </summary>
    /// <param name="request">The step; its attempt is filled in.</param>
    /// <param name="user">Who proved the factor.</param>
    /// <param name="demand">What is demanded without any risk.</param>
    /// <param name="firstFactor">The challenge of the first factor where it was a code: the same mailbox twice is one factor.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<MfaDemand>> JudgeAsync(SignInRequest request, User user, MfaDemand demand, string? firstFactor, CancellationToken ct)
    {
        var (pool, origin) = (request.Pool, request.Origin);
        if (pool.Settings.ThreatProtection == ThreatModes.Off || request.Attempt is not { } attempt) return demand;
        attempt.User = user;
        var configuration = await catalog.FindRiskAsync(pool.Id, request.Client.Id, ct);
        if (configuration?.Exceptions?.Skips(origin.Address) == true) return demand;
        var past = await database.ReadAsync(
            stores => stores.AuthEvents.ListSignInsAsync(pool.Id, user.Sub, request.Now - RiskRules.Memory, RiskRules.MostPast, ct), ct);
        attempt.Risk = RiskRules.Assess(new RiskFacts(request.Now, origin.Address, origin.Device, origin.Fingerprint, past));
        if (pool.Settings.ThreatProtection != ThreatModes.Enforced) return demand;
        attempt.Action = configuration?.Takeover?.ActionAt(attempt.Risk.Level);
        var more = attempt.Action?.EventAction switch
        {
            null or "NO_ACTION" => demand,
            "MFA_IF_CONFIGURED" => MfaRules.DemandAtRisk(pool, user, demand, firstFactor),
            // Who has no second factor is kept out: API_AccountTakeoverActionType, MFA_REQUIRED. Setting one up now proves nothing.
            "MFA_REQUIRED" => MfaRules.DemandAtRisk(pool, user, demand, firstFactor) is var asked and not (MfaDemand.None or MfaDemand.SetUp) ? asked : null,
            _ => null,
        };
        if (more is not null) return more;
        attempt.IsBlocked = true;
        return new Refusal.SignInBlocked();
    }

    /// <summary>Whether a password that is right is known to others, and is to be refused for it. The attempt is told either way.</summary>
    public async ValueTask<bool> RefusesAtSignInAsync(SignInRequest request, string password, CancellationToken ct)
    {
        var pool = request.Pool;
        if (pool.Settings.ThreatProtection == ThreatModes.Off || request.Attempt is not { } attempt) return false;
        var configuration = await catalog.FindRiskAsync(pool.Id, request.Client.Id, ct);
        if (configuration?.Compromised is not { } compromised || !compromised.Watches("SIGN_IN")) return false;
        attempt.IsCompromised = await breached.ContainsAsync(password, ct);
        return attempt.IsCompromised == true && Blocks(pool, compromised);
    }

    /// <summary>Why a password that is to be set is not acceptable, or null.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="client">Its configuration wins over the pool's.</param>
    /// <param name="filter">SIGN_UP or PASSWORD_CHANGE.</param>
    /// <param name="password">The password.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Refusal?> WhyNotPasswordAsync(UserPool pool, AppClient client, string filter, string password, CancellationToken ct)
    {
        if (pool.Settings.ThreatProtection != ThreatModes.Enforced) return null;
        var configuration = await catalog.FindRiskAsync(pool.Id, client.Id, ct);
        if (configuration?.Compromised is not { } compromised || !compromised.Watches(filter) || !Blocks(pool, compromised)) return null;
        return await breached.ContainsAsync(password, ct) ? new Refusal.Password(PasswordProblem.Compromised) : null;
    }

    private static bool Blocks(UserPool pool, CompromisedCredentials compromised) =>
        pool.Settings.ThreatProtection == ThreatModes.Enforced && compromised.EventAction == "BLOCK";
}
