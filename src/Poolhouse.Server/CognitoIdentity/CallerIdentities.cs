using Poolhouse.Core.Identities;
using Poolhouse.Core.Identities.Logins;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>The identity that a public call names, with what its logins prove.</summary>
internal sealed class CallerIdentities(IDatabase database, LoginVerifier verifier, IdentityLinks links)
{
    /// <summary>An identity that is there, and its pool.</summary>
    /// <exception cref="Wire.CognitoException">ResourceNotFoundException.</exception>
    public async ValueTask<(IdentityPool Pool, Identity Identity)> GetAsync(string id, CancellationToken ct) =>
        await database.ReadAsync(async stores =>
        {
            var identity = await stores.Identities.FindAsync(new IdentityId(id), ct);
            var pool = identity is null ? null : await stores.IdentityPools.FindAsync(identity.PoolId, ct);
            return pool is null ? throw IdentityRefusals.Of(new IdentityRefusal.IdentityNotFound(new IdentityId(id))) : (pool, identity!);
        }, ct);

    /// <summary>What the logins of a call prove; every one of them has to.</summary>
    /// <exception cref="Wire.CognitoException">NotAuthorizedException, ExternalServiceException.</exception>
    public async ValueTask<IReadOnlyList<ProvenLogin>> ProveAsync(
        IdentityPool pool, IReadOnlyDictionary<string, string>? logins, DateTimeOffset now, CancellationToken ct) =>
        (await verifier.VerifyAsync(pool, logins.Present(), now, ct)).Demand();

    /// <summary>The identity that the logins entitle to, which may be another than the one named: a guest becomes whom its login belongs to.</summary>
    public async ValueTask<(IdentityPool Pool, Identity Identity, IReadOnlyList<ProvenLogin> Logins)> ResolveAsync(
        string id, IReadOnlyDictionary<string, string>? logins, DateTimeOffset now, CancellationToken ct)
    {
        var (pool, identity) = await GetAsync(id, ct);
        var proven = await ProveAsync(pool, logins, now, ct);
        return (pool, (await links.ResolveAsync(pool, identity.Id, proven, now, ct)).Demand(), proven);
    }
}
