using Poolhouse.Core.Accounts.Deletion;
using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Triggers;

namespace Poolhouse.Core.Users;

/// <summary>What happens to a user as a whole: AdminConfirmSignUp, AdminDisableUser, AdminEnableUser, AdminDeleteUser, DeleteUser.</summary>
public sealed class UserStates(IDatabase database, UserChanges changes, UserTriggers triggers, AccountErasures accounts, IRandom random)
{
    /// <summary>Confirms a sign-up without a code. No address is verified by it, unless the account API has proof.</summary>
    public async ValueTask<Outcome<User>> ConfirmAsync(
        UserPool pool, User user, TriggerOrigin origin, DateTimeOffset now, CancellationToken ct, Companion? companion = null)
    {
        var changed = await changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (fresh.Status != UserStatus.Unconfirmed) return new Refusal.WrongStatus(fresh.Status);
                if (companion is not null) await companion.Along(unit, fresh);
                await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.Confirmed, null, now, random), ct);
                var confirmed = fresh with { Status = UserStatus.Confirmed };
                if (companion?.Proof != AddressProof.Given) return confirmed;
                return confirmed with { Attributes = new Dictionary<string, string>(fresh.Attributes, StringComparer.Ordinal) { ["email_verified"] = "true" } };
            },
            now,
            takesAliases: false,
            ct);
        if (changed.Refusal is { } refusal) return refusal;
        return await triggers.PostConfirmationAsync(pool, changed.Value, "ConfirmSignUp", origin, ct) is { } failed ? failed : changed.Value;
    }

    /// <summary>Disables the user and revokes all families, because enabling again must not revive them (observed). Safe to repeat.</summary>
    public ValueTask<Outcome<User>> DisableAsync(UserPool pool, User user, DateTimeOffset now, CancellationToken ct) =>
        changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                await unit.Families.RevokeAllAsync(pool.Id, fresh.Sub, now, ct);
                if (fresh.IsEnabled) await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.Disabled, null, now, random), ct);
                return fresh with { IsEnabled = false };
            },
            now,
            takesAliases: false,
            ct);

    /// <summary>Enables the user. Safe to repeat.</summary>
    public ValueTask<Outcome<User>> EnableAsync(UserPool pool, User user, DateTimeOffset now, CancellationToken ct) =>
        changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (!fresh.IsEnabled) await unit.Events.AddAsync(UserEvent.Of(fresh, UserEventKind.Enabled, null, now, random), ct);
                return fresh with { IsEnabled = true };
            },
            now,
            takesAliases: false,
            ct);

    /// <summary>Removes the user and all that belongs to it, its accounts too; false if somebody else did before.</summary>
    public ValueTask<bool> DeleteAsync(User user, DateTimeOffset now, CancellationToken ct) =>
        database.WriteAsync(unit => accounts.EraseAsync(unit, user.PoolId, user.Sub, now, ct), ct);
}
