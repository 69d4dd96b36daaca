using Poolhouse.Core.Clients;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Events;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Users;

/// <summary>A forgotten password: ForgotPassword, ConfirmForgotPassword, AdminResetUserPassword.</summary>
public sealed class Recovery(
    IDatabase database,
    Credentials credentials,
    CodeIssuer codes,
    UserChanges changes,
    AttemptLimits limits,
    ThreatProtection threats,
    UserTriggers triggers,
    MessageTriggers messages,
    IRandom random)
{
    /// <summary>Sends a code to the user's best verified address.</summary>
    public async ValueTask<Outcome<Delivery>> RequestAsync(UserPool pool, User user, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (!user.IsEnabled) return new Refusal.UserDisabled();
        // A temporary password is the administrator's to renew; a federated user has none here.
        if (user.Status is UserStatus.ForceChangePassword or UserStatus.ExternalProvider) return new Refusal.WrongStatus(user.Status);
        if (Destinations.ForRecovery(pool, user) is not { } delivery) return new Refusal.NoDestination();
        if (!await limits.AdmitAsync(AttemptKind.ForgotPassword, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        var draft = await messages.DraftAsync(pool, user, MessageSource.ForgotPassword, delivery, origin, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        await database.WriteAsync(async unit =>
        {
            await codes.IssueAsync(unit, pool, user, CodePurpose.PasswordReset, delivery.Attribute, delivery.Destination, draft.Value, now, ct);
            return true;
        }, ct);
        return delivery;
    }

    /// <summary>Sets the new password. A password that is refused does not spend the code; a confirmed reset also confirms a sign-up, and ends every sign-in of before.</summary>
    public async ValueTask<Outcome<User>> ConfirmAsync(
        UserPool pool, AppClient client, User user, string code, string password, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (!await limits.AdmitAsync(AttemptKind.ConfirmForgotPassword, pool, user.Sub.Value, now, ct)) return new Refusal.AttemptLimit();
        if (await threats.WhyNotPasswordAsync(pool, client, "PASSWORD_CHANGE", password, ct) is { } compromised) return compromised;
        var made = await credentials.MakeNextAsync(pool, user, password, ct);
        if (made.Refusal is { } unfit) return unfit;
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                var (outcome, consumed) = await codes.ConsumeAsync(unit, pool.Id, fresh.Sub, CodePurpose.PasswordReset, attribute: null, code, now, ct);
                if (outcome == CodeOutcome.Mismatch) return new Refusal.CodeMismatch();
                if (outcome == CodeOutcome.Expired) return new Refusal.CodeExpired();
                // The proof was of an address; if that has changed hands since, so may the account's owner have.
                if (fresh[consumed!.Attribute] != consumed.Destination) return new Refusal.CodeExpired();
                await PasswordGuesses.ClearAsync(unit, pool, fresh, ct);
                // Whoever was in before is out, and what they had begun leads nowhere: a change of address that waits for its code would
                // take back the account that its owner recovered just now (Sudhodanan and Paverd, "Pre-hijacked accounts", 2022).
                await unit.Families.RevokeAllAsync(pool.Id, fresh.Sub, now, ct);
                await unit.Codes.RevokeAsync(pool.Id, fresh.Sub, CodePurpose.AttributeVerification, ct);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.PasswordReset, client.Id, now, random), ct);
                return Credentials.Replace(pool, Registration.Verified(fresh, consumed), made.Value) with
                {
                    Status = UserStatus.Confirmed,
                    SessionsEndedAt = await SessionsEnd.NowAsync(unit, fresh, now, ct),
                };
            },
            now,
            takesAliases: false,
            ct);
        if (changed.Refusal is { } refusal) return refusal;
        return await triggers.PostConfirmationAsync(pool, changed.Value, "ConfirmForgotPassword", origin, ct) is { } failed ? failed : changed.Value;
    }

    /// <summary>An administrator's reset: the password stops working and a code goes out.</summary>
    public async ValueTask<Outcome<User>> ForceAsync(UserPool pool, User user, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct)
    {
        if (!user.IsEnabled) return new Refusal.UserDisabled();
        if (user.Status is not (UserStatus.Confirmed or UserStatus.ResetRequired)) return new Refusal.WrongStatus(user.Status);
        if (Destinations.ForRecovery(pool, user) is not { } delivery) return new Refusal.NoDestination();
        var draft = await messages.DraftAsync(pool, user, MessageSource.ForgotPassword, delivery, origin, ct);
        if (draft.Refusal is { } undrafted) return undrafted;
        return await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                await codes.IssueAsync(unit, pool, fresh, CodePurpose.PasswordReset, delivery.Attribute, delivery.Destination, draft.Value, now, ct);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.PasswordReset, null, now, random), ct);
                return fresh with { Status = UserStatus.ResetRequired, SessionsEndedAt = await SessionsEnd.NowAsync(unit, fresh, now, ct) };
            },
            now,
            takesAliases: false,
            ct);
    }
}
