using Poolhouse.Core.Identities;

namespace Poolhouse.Core.Stores;

/// <summary>Identity pools.</summary>
public interface IIdentityPoolStore
{
    /// <summary>Adds the pool; false if the id is taken.</summary>
    ValueTask<bool> CreateAsync(IdentityPool pool, CancellationToken ct);

    /// <summary>The pool, or null.</summary>
    ValueTask<IdentityPool?> FindAsync(IdentityPoolId id, CancellationToken ct);

    /// <summary>Replaces the pool if its <c>ModifiedAt</c> still is <paramref name="expected"/>; false otherwise.</summary>
    ValueTask<bool> UpdateAsync(IdentityPool pool, DateTimeOffset expected, CancellationToken ct);

    /// <summary>Removes the pool and its identities; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(IdentityPoolId id, CancellationToken ct);

    /// <summary>Pools in order of id. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<IdentityPool>> ListAsync(int limit, string? after, CancellationToken ct);

    /// <summary>How many there are.</summary>
    ValueTask<long> CountAsync(CancellationToken ct);
}

/// <summary>Identities and the logins that are linked to them. One login is one identity's; that is the database's promise.</summary>
public interface IIdentityStore
{
    /// <summary>Adds an identity without logins.</summary>
    ValueTask CreateAsync(Identity identity, CancellationToken ct);

    /// <summary>The identity with its logins, or null.</summary>
    ValueTask<Identity?> FindAsync(IdentityId id, CancellationToken ct);

    /// <summary>As <see cref="FindAsync"/>, and nobody else changes it before this unit ends.</summary>
    ValueTask<Identity?> LockAsync(IdentityId id, CancellationToken ct);

    /// <summary>Stores what kind of identity it is and when it changed; not its logins.</summary>
    ValueTask UpdateAsync(Identity identity, CancellationToken ct);

    /// <summary>Removes the identity with its logins; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(IdentityId id, CancellationToken ct);

    /// <summary>Identities of a pool in order of id, with their logins. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<Identity>> ListAsync(IdentityPoolId pool, bool hidesDisabled, int limit, string? after, CancellationToken ct);

    /// <summary>Whose login it is, or null.</summary>
    ValueTask<IdentityId?> FindHolderAsync(IdentityPoolId pool, string provider, string subject, CancellationToken ct);

    /// <summary>Links a login; false if it is somebody's already. One statement, so that of many at once one wins.</summary>
    ValueTask<bool> LinkAsync(IdentityPoolId pool, IdentityId identity, IdentityLogin login, CancellationToken ct);

    /// <summary>Unlinks a login; false if it was not the identity's.</summary>
    ValueTask<bool> UnlinkAsync(IdentityPoolId pool, IdentityId identity, string provider, string subject, CancellationToken ct);

    /// <summary>Gives all logins of one identity to another.</summary>
    ValueTask MoveLoginsAsync(IdentityId source, IdentityId destination, CancellationToken ct);

    /// <summary>Subjects of the developer's provider that are the identity's, in order. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<string>> ListDeveloperUsersAsync(IdentityId identity, int limit, string? after, CancellationToken ct);
}

/// <summary>Signing keys of this server's own services, which belong to no pool.</summary>
public interface IServiceKeyStore
{
    /// <summary>Adds a key; false if the service has one of that generation, so that racing nodes agree.</summary>
    ValueTask<bool> AddAsync(ServiceKeyRecord key, CancellationToken ct);

    /// <summary>All keys of a service, newest generation first.</summary>
    ValueTask<IReadOnlyList<ServiceKeyRecord>> ListAsync(string service, CancellationToken ct);

    /// <summary>Removes keys of a service whose successor signs since before a time.</summary>
    ValueTask<int> RemoveReplacedAsync(string service, DateTimeOffset before, CancellationToken ct);
}

/// <summary>A service's signing key as it is kept.</summary>
/// <param name="Kid">The <c>kid</c> header.</param>
/// <param name="Service">Whose it is.</param>
/// <param name="Generation">From 1.</param>
/// <param name="SealedPrivateKey">PKCS#8, sealed with the kid as context.</param>
/// <param name="SignsFrom">When it takes over from the generation before it; it is published from the start.</param>
public sealed record ServiceKeyRecord(string Kid, string Service, int Generation, byte[] SealedPrivateKey, DateTimeOffset SignsFrom);
