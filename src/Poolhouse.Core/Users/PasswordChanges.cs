using Poolhouse.Core.Clients;
using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Threats;

namespace Poolhouse.Core.Users;

/// <summary>A password replaced without a code: ChangePassword, AdminSetUserPassword. Neither revokes a token (observed).</summary>
public sealed class PasswordChanges(
    Credentials credentials, KnownPasswords known, AttemptLimits limits, UserChanges changes, ThreatProtection threats, IRandom random)
{
    /// <summary>Replaces the password of a signed-in user who knows the present one.</summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="client">Through which the user asks.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="previous">The present password; null only where the user has none (API_ChangePassword.PreviousPassword).</param>
    /// <param name="proposed">The new one.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<User>> ChangeAsync(
        UserPool pool, AppClient client, User user, string? previous, string proposed, DateTimeOffset now, CancellationToken ct)
    {
        if (previous is null && user.Password is not null) return new Refusal.MissingParameter("PreviousPassword");
        // Before anything is counted: a new password of the wrong form tells nothing and is no guess.
        if (PasswordPolicy.Check(pool.Settings.Passwords, proposed) is { } weak) return new Refusal.Password(weak);
        if (!await limits.AdmitAsync(AttemptKind.ChangePassword, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        if (previous is not null && await known.WhyNotAsync(pool, user, previous, now, ct) is { } refusal) return refusal;
        if (Completion.WhyNot(user, now) is { } whyNot) return whyNot;
        if (await threats.WhyNotPasswordAsync(pool, client, "PASSWORD_CHANGE", proposed, ct) is { } compromised) return compromised;
        var made = await credentials.MakeNextAsync(pool, user, proposed, ct);
        if (made.Refusal is { } unfit) return unfit;
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                // The proof was of the password that was read then; of two changes at once only one may win.
                if (fresh.Password?.Hash != user.Password?.Hash) return new Refusal.WrongCredentials();
                await PasswordGuesses.ClearAsync(unit, pool, fresh, ct);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.PasswordChanged, client.Id, now, random), ct);
                var changed = Credentials.Replace(pool, fresh, made.Value);
                // Who was imported without a password and came in without one has set it now.
                return changed.Status == UserStatus.ResetRequired ? changed with { Status = UserStatus.Confirmed } : changed;
            },
            now,
            takesAliases: false,
            ct);
    }

    /// <summary>Sets the password for an administrator.</summary>
    /// <param name="pool">The user's pool.</param>
    /// <param name="user">Whose password.</param>
    /// <param name="password">The new one.</param>
    /// <param name="isPermanent">
    /// Permanent confirms the user, a federated one too, who may then also sign in with it; otherwise it must be replaced at the
    /// next sign-in and expires (API_AdminSetUserPassword).
    /// </param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask<Outcome<User>> SetAsync(
        UserPool pool, User user, string password, bool isPermanent, DateTimeOffset now, CancellationToken ct)
    {
        var made = await credentials.MakeNextAsync(pool, user, password, ct);
        if (made.Refusal is { } unfit) return unfit;
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                await PasswordGuesses.ClearAsync(unit, pool, fresh, ct);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.PasswordReset, null, now, random), ct);
                return Credentials.Replace(pool, fresh, made.Value) with
                {
                    Status = isPermanent ? UserStatus.Confirmed : UserStatus.ForceChangePassword,
                    TemporaryPasswordExpiresAt = isPermanent ? null : TemporaryPasswords.ExpiresAt(pool, now),
                    SessionsEndedAt = await SessionsEnd.NowAsync(unit, fresh, now, ct),
                };
            },
            now,
            takesAliases: false,
            ct);
    }
}
