using Poolhouse.Core.Passkeys;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>Passkeys of users; they go with their user.</summary>
public interface IPasskeyStore
{
    /// <summary>Adds a passkey; false if the pool has one of that id, whoever's it is.</summary>
    ValueTask<bool> CreateAsync(Passkey passkey, CancellationToken ct);

    /// <summary>A user's passkeys, the oldest first; at most 100, which is more than anybody may have.</summary>
    ValueTask<IReadOnlyList<Passkey>> ListAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>
    /// Takes a signature's counter in one statement: true if it is higher than the last one, or if the authenticator counts neither
    /// then nor now (WebAuthn L3 §7.2 step 22: a counter that doesn't rise may mean a copy). False also if the passkey is gone.
    /// </summary>
    ValueTask<bool> CountAsync(PoolId pool, Sub sub, string id, long signCount, CancellationToken ct);

    /// <summary>Removes a user's passkey; false if the user has none of that id.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, string id, CancellationToken ct);
}
