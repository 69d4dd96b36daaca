using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>Finds what a request names, or answers in Cognito's words that it isn't there.</summary>
internal sealed class Resources(Catalog catalog, IDatabase database)
{
    /// <summary>The pool of an id.</summary>
    public async ValueTask<UserPool> PoolAsync(string id, CancellationToken ct) =>
        await catalog.FindPoolAsync(new PoolId(id), ct) ?? throw CognitoException.ResourceNotFound($"User pool {id} does not exist.");

    /// <summary>The client of an id with its pool, as public operations name it.</summary>
    public async ValueTask<(AppClient Client, UserPool Pool)> ClientAsync(string id, CancellationToken ct)
    {
        if (await catalog.FindClientAsync(new ClientId(id), ct) is { } client && await catalog.FindPoolAsync(client.PoolId, ct) is { } pool)
            return (client, pool);
        throw CognitoException.ResourceNotFound($"User pool client {id} does not exist.");
    }

    /// <summary>The client of an id, or null.</summary>
    public ValueTask<AppClient?> FindClientAsync(string id, CancellationToken ct) => catalog.FindClientAsync(new ClientId(id), ct);

    /// <summary>The client of a pool, as AdminInitiateAuth names it.</summary>
    public async ValueTask<(AppClient Client, UserPool Pool)> ClientAsync(string poolId, string id, CancellationToken ct)
    {
        var pool = await PoolAsync(poolId, ct);
        return await catalog.FindClientAsync(new ClientId(id), ct) is { } client && client.PoolId == pool.Id
            ? (client, pool)
            : throw CognitoException.ResourceNotFound($"User pool client {id} does not exist in user pool {poolId}.");
    }

    /// <summary>The user of a name, or null. The name is a username, a sub where attributes are usernames, or an alias.</summary>
    public ValueTask<User?> FindUserAsync(UserPool pool, string name, CancellationToken ct) =>
        database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, pool.Normalize(name), ct), ct);

    /// <summary>The user of a name, as administrators name it.</summary>
    public async ValueTask<User> UserAsync(UserPool pool, string name, CancellationToken ct) =>
        await FindUserAsync(pool, name, ct) ?? throw CognitoException.UserNotFound("User does not exist.");

    /// <summary>The pool and the user of a name, as administrators name them.</summary>
    public async ValueTask<(UserPool Pool, User User)> UserAsync(string poolId, string name, CancellationToken ct)
    {
        var pool = await PoolAsync(poolId, ct);
        return (pool, await UserAsync(pool, name, ct));
    }

    /// <summary>Refuses a call whose client did not prove its secret to the very name that was sent.</summary>
    public static void DemandSecretHash(AppClient client, string username, string? secretHash)
    {
        var proof = SecretHash.Check(client, username, secretHash);
        if (proof != ClientProof.Valid) throw Refusals.Of(proof, client.Id);
    }
}
