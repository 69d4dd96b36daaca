using Poolhouse.Core.Identities;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Identity pools as they are stored now, and the one way to change them: again if somebody else changed them meanwhile.</summary>
internal sealed class IdentityPoolChanges(IDatabase database)
{
    // Each lost round means that another change won. On SQLite none is lost; on PostgreSQL as many as there are changes at once.
    private const int MaximumRounds = 64;

    /// <summary>The pool of an id.</summary>
    /// <exception cref="CognitoException">ResourceNotFoundException.</exception>
    public ValueTask<IdentityPool> GetAsync(string id, CancellationToken ct) => database.ReadAsync(stores => GetAsync(stores, new IdentityPoolId(id), ct), ct);

    /// <summary>Replaces a pool by what <paramref name="change"/> makes of it. The change may run again, and may refuse.</summary>
    public async ValueTask<IdentityPool> ChangeAsync(string id, Func<IdentityPool, IdentityPool> change, DateTimeOffset now, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var (isStored, changed) = await database.WriteAsync(async unit =>
            {
                var read = await GetAsync(unit, new IdentityPoolId(id), ct);
                var made = change(read) with { ModifiedAt = ModifiedTime.After(read.ModifiedAt, now) };
                return (await unit.IdentityPools.UpdateAsync(made, read.ModifiedAt, ct), made);
            }, ct);
            if (isStored) return changed;
        }

        throw CognitoException.ConcurrentModification("The identity pool was changed by other requests; please try again.");
    }

    /// <summary>Replaces a pool's settings.</summary>
    public ValueTask<IdentityPool> ChangeSettingsAsync(
        string id, Func<IdentityPoolSettings, IdentityPoolSettings> change, DateTimeOffset now, CancellationToken ct) =>
        ChangeAsync(id, pool => pool with { Settings = change(pool.Settings) }, now, ct);

    private static async ValueTask<IdentityPool> GetAsync(IStores stores, IdentityPoolId id, CancellationToken ct) =>
        await stores.IdentityPools.FindAsync(id, ct) ?? throw IdentityRefusals.Of(new IdentityRefusal.PoolNotFound(id));
}
