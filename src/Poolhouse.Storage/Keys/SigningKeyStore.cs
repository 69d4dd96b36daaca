using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Keys;

/// <summary>Signing keys of pools, sealed by who makes them.</summary>
internal sealed class SigningKeyStore(DatabaseSession session) : ISigningKeyStore
{
    // A pool publishes two keys per purpose; more are left from before a rotation and removed soon.
    private const int MaxPerPool = 100;

    public ValueTask<bool> AddAsync(SigningKeyRecord key, CancellationToken ct) => session
        .Statement(
            """
            insert into signing_keys (kid, pool_id, purpose, generation, sealed_private_key, created_at)
            values (@kid, @pool_id, @purpose, @generation, @sealed_private_key, @created_at)
            on conflict do nothing
            returning kid
            """)
        .Text("kid", key.Kid)
        .Text("pool_id", key.PoolId.Value)
        .Text("purpose", key.Purpose)
        .Bigint("generation", key.Generation)
        .Bytes("sealed_private_key", key.SealedPrivateKey)
        .Time("created_at", key.CreatedAt)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<SigningKeyRecord>> ListAsync(PoolId pool, CancellationToken ct) => await session
        .Statement(
            """
            select kid, purpose, generation, sealed_private_key, created_at
            from signing_keys
            where pool_id = @pool_id
            order by generation desc, purpose
            limit @limit
            """)
        .Text("pool_id", pool.Value)
        .Bigint("limit", MaxPerPool)
        .ListAsync(
            row => new SigningKeyRecord(row.GetString(0), pool, row.GetString(1), row.GetInt32(2), row.Bytes(3), row.Time(4)),
            ct);

    public async ValueTask DeleteAsync(string kid, CancellationToken ct) => await session
        .Statement("delete from signing_keys where kid = @kid")
        .Text("kid", kid)
        .ExecuteAsync(ct);
}
