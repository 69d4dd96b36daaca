using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Pools and clients as they are stored now, not as the catalog remembers them, and the one way to change them: read, change,
/// store if nobody else did meanwhile, again if somebody did.
/// </summary>
internal sealed class ConfigurationChanges(IDatabase database, Catalog catalog)
{
    // Each lost round means that another change won. On SQLite none is lost; on PostgreSQL as many as there are changes at once.
    private const int MaximumRounds = 64;

    /// <summary>The pool of an id.</summary>
    public static async ValueTask<UserPool> PoolAsync(IStores stores, string id, CancellationToken ct) =>
        await stores.Pools.FindAsync(new PoolId(id), ct) ?? throw CognitoException.ResourceNotFound($"User pool {id} does not exist.");

    /// <summary>The client of a pool, as administrators name it.</summary>
    public static async ValueTask<AppClient> ClientAsync(IStores stores, UserPool pool, string id, CancellationToken ct) =>
        await stores.Clients.FindAsync(new ClientId(id), ct) is { } client && client.PoolId == pool.Id
            ? client
            : throw CognitoException.ResourceNotFound("User pool client does not exist.");

    /// <summary>Replaces a pool by what <paramref name="change"/> makes of it. The change may run again, and may refuse.</summary>
    public async ValueTask<UserPool> ChangePoolAsync(
        string id, Func<IStores, UserPool, ValueTask<UserPool>> change, DateTimeOffset now, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var (isStored, changed) = await database.WriteAsync(async unit =>
            {
                var read = await PoolAsync(unit, id, ct);
                var made = await change(unit, read);
                made = made with { ModifiedAt = ModifiedTime.After(read.ModifiedAt, now) };
                return (await unit.Pools.UpdateAsync(made, read.ModifiedAt, ct), made);
            }, ct);
            catalog.Forget();
            if (isStored) return changed;
        }

        throw CognitoException.ConcurrentModification("The user pool was changed by other requests; please try again.");
    }

    /// <summary>Replaces a client by what <paramref name="change"/> makes of it. The change may run again, and may refuse.</summary>
    public async ValueTask<AppClient> ChangeClientAsync(
        string poolId, string id, Func<IStores, UserPool, AppClient, ValueTask<AppClient>> change, DateTimeOffset now, CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var (isStored, changed) = await database.WriteAsync(async unit =>
            {
                var pool = await PoolAsync(unit, poolId, ct);
                var read = await ClientAsync(unit, pool, id, ct);
                var made = await change(unit, pool, read);
                made = made with { ModifiedAt = ModifiedTime.After(read.ModifiedAt, now) };
                return (await unit.Clients.UpdateAsync(made, read.ModifiedAt, ct), made);
            }, ct);
            catalog.Forget();
            if (isStored) return changed;
        }

        throw CognitoException.ConcurrentModification("The user pool client was changed by other requests; please try again.");
    }
}
