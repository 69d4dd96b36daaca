using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;

namespace Poolhouse.Core.Users;

/// <summary>
/// A forgotten password where nobody may learn that there is no user, or none who can recover: the same limits, the same work and
/// the same answers in the same order as <see cref="Recovery"/> has for a user who can.
/// </summary>
public sealed class SimulatedRecovery(
    IDatabase database, Credentials credentials, CodeIssuer codes, AttemptLimits limits, ThreatProtection threats, IRandom random)
{
    /// <summary>Counts the request and remembers it, since a wrong code is answered differently before and after one.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="user">Who can't recover; null where nobody has the name.</param>
    /// <param name="name">As sent.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>Null, or the refusal that a real user would get.</returns>
    public async ValueTask<Refusal?> RequestAsync(UserPool pool, User? user, string name, DateTimeOffset now, CancellationToken ct)
    {
        if (!await limits.AdmitAsync(AttemptKind.ForgotPassword, pool, Who(pool, user, name), now, ct)) return new Refusal.AttemptLimit();
        await database.WriteAsync(unit => unit.Spent.SpendAsync(KeyOf(pool, name), now + CodeIssuer.ResetLifetime, ct), ct);
        return null;
    }

    /// <summary>What a real user's wrong code would be answered with.</summary>
    public async ValueTask<Refusal> ConfirmAsync(UserPool pool, AppClient client, string name, string code, string password, DateTimeOffset now, CancellationToken ct)
    {
        if (!await limits.AdmitAsync(AttemptKind.ConfirmForgotPassword, pool, Who(pool, user: null, name), now, ct)) return new Refusal.AttemptLimit();
        if (await threats.WhyNotPasswordAsync(pool, client, "PASSWORD_CHANGE", password, ct) is { } compromised) return compromised;
        if (PasswordPolicy.Check(pool.Settings.Passwords, password) is { } weak) return new Refusal.Password(weak);
        // Thrown away: a user who exists costs a hash before the code is looked at.
        var made = await credentials.MakeAsync(pool, new Sub(random.UuidText()), name, password, ct);
        if (made.Refusal is { } busy) return busy;
        await codes.PretendAsync(database, pool, CodePurpose.PasswordReset, code, now, ct);
        return await WasRequestedAsync(pool, name, ct) ? new Refusal.CodeMismatch() : new Refusal.CodeExpired();
    }

    /// <summary>Whether a code was asked for under this name and none sent.</summary>
    public ValueTask<bool> WasRequestedAsync(UserPool pool, string name, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Spent.IsSpentAsync(KeyOf(pool, name), ct), ct);

    private static string Who(UserPool pool, User? user, string name) => user?.Sub.Value ?? pool.Normalize(name);

    private static string KeyOf(UserPool pool, string name) => $"simulated-recovery/{pool.Id}/{pool.Normalize(name)}";
}
