using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Passkeys;

/// <summary>The passkeys that users have: ListWebAuthnCredentials, DeleteWebAuthnCredential.</summary>
public sealed class UserPasskeys(IDatabase database, UserChanges changes)
{
    /// <summary>All of a user's, the oldest first; those of an earlier relying party too.</summary>
    public ValueTask<IReadOnlyList<Passkey>> ListAsync(User user, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Passkeys.ListAsync(user.PoolId, user.Sub, ct), ct);

    /// <summary>Those that the user can sign in with now; none where the pool has no passkeys, and nothing is read then.</summary>
    public async ValueTask<IReadOnlyList<Passkey>> UsableAsync(UserPool pool, User? user, CancellationToken ct) =>
        user is null || PasskeyRules.WhyNot(pool) is not null
            ? []
            : [.. (await ListAsync(user, ct)).Where(p => p.RelyingPartyId == pool.Settings.Passkeys!.RelyingPartyId)];

    /// <summary>Takes one away. With the last goes the wish that it be enough.</summary>
    public ValueTask<Outcome<User>> DeleteAsync(UserPool pool, User user, string id, DateTimeOffset now, CancellationToken ct) =>
        changes.ChangeAsync(
            pool,
            user.Sub,
            async (unit, fresh) =>
            {
                if (!await unit.Passkeys.DeleteAsync(pool.Id, fresh.Sub, id, ct)) return new Refusal.Passkey(PasskeyProblem.NotFound);
                return (await unit.Passkeys.ListAsync(pool.Id, fresh.Sub, ct)).Count > 0 ? fresh : fresh with { Mfa = fresh.Mfa with { IsPasskeyEnough = false } };
            },
            now,
            takesAliases: false,
            ct);
}
