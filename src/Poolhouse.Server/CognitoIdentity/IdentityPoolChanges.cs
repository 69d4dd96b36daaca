using Poolhouse.Core.Identities;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Identity pools as they are stored now, and the one way to change them: again if somebody else changed them meanwhile.</summary>
internal sealed class IdentityPoolChanges(IDatabase database)
{
    // Each lost round means that another change won; operators don't change one pool this often at once.
    private const int MaximumRounds = 16;

    /// <summary>The pool of an id.</summary>
    /// <exception cref="CognitoException">ResourceNotFoundException.</exception>
    public async ValueTask<IdentityPool> GetAsync(string id, CancellationToken ct)
    {
        var poolId = new IdentityPoolId(id);
        return await database.ReadAsync(stores => stores.IdentityPools.FindAsync(poolId, ct), ct)
            ?? throw IdentityRefusals.Of(new IdentityRefusal.PoolNotFound(poolId));
    }

    /// <summary>Replaces a pool by what <paramref name="change"/> makes of it. The change may run again, and may refuse.</summary>
    public async ValueTask<IdentityPool> ChangeAsync(string id, Func<IdentityPool, IdentityPool> change, DateTimeOffset now, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var read = await GetAsync(id, ct);
            var changed = change(read) with { ModifiedAt = ModifiedTime.After(read.ModifiedAt, now) };
            if (await database.WriteAsync(unit => unit.IdentityPools.UpdateAsync(changed, read.ModifiedAt, ct), ct)) return changed;
        }

        throw CognitoException.ConcurrentModification("The identity pool was changed by other requests; please try again.");
    }

    /// <summary>Replaces a pool's settings.</summary>
    public ValueTask<IdentityPool> ChangeSettingsAsync(
        string id, Func<IdentityPoolSettings, IdentityPoolSettings> change, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync(id, pool => pool with { Settings = change(pool.Settings) }, now, ct);
}
