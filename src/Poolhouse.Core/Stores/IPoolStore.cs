using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>User pools.</summary>
public interface IPoolStore
{
    /// <summary>Adds the pool; false if the id is taken.</summary>
    ValueTask<bool> CreateAsync(UserPool pool, CancellationToken ct);

    /// <summary>The pool, or null.</summary>
    ValueTask<UserPool?> FindAsync(PoolId id, CancellationToken ct);

    /// <summary>Replaces the pool if its <c>ModifiedAt</c> still is <paramref name="expected"/>; false otherwise.</summary>
    ValueTask<bool> UpdateAsync(UserPool pool, DateTimeOffset expected, CancellationToken ct);

    /// <summary>Removes the pool and all that belongs to it; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(PoolId id, CancellationToken ct);

    /// <summary>Pools in order of id. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<UserPool>> ListAsync(int limit, string? after, CancellationToken ct);
}

/// <summary>App clients. Secrets are sealed at rest.</summary>
public interface IClientStore
{
    /// <summary>Adds the client; false if the id is taken.</summary>
    ValueTask<bool> CreateAsync(AppClient client, CancellationToken ct);

    /// <summary>The client, or null.</summary>
    ValueTask<AppClient?> FindAsync(ClientId id, CancellationToken ct);

    /// <summary>Replaces the client if its <c>ModifiedAt</c> still is <paramref name="expected"/>; false otherwise.</summary>
    ValueTask<bool> UpdateAsync(AppClient client, DateTimeOffset expected, CancellationToken ct);

    /// <summary>Removes the client; false if there was none. Its token families go with it.</summary>
    ValueTask<bool> DeleteAsync(ClientId id, CancellationToken ct);

    /// <summary>Clients of a pool in order of id. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<AppClient>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct);

    /// <summary>Every client of a pool: at most 1,000 (quota of Cognito).</summary>
    ValueTask<IReadOnlyList<AppClient>> ListAllAsync(PoolId pool, CancellationToken ct);
}
