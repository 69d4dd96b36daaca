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
            insert into signing_keys (kid, pool_id, purpose, generation, sealed_private_key, signs_from)
            values (@kid, @pool_id, @purpose, @generation, @sealed_private_key, @signs_from)
            on conflict do nothing
            returning kid
            """)
        .Text("kid", key.Kid)
        .Text("pool_id", key.PoolId.Value)
        .Text("purpose", key.Purpose)
        .Bigint("generation", key.Generation)
        .Bytes("sealed_private_key", key.SealedPrivateKey)
        .Time("signs_from", key.SignsFrom)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<SigningKeyRecord>> ListAsync(PoolId pool, CancellationToken ct) => await session
        .Statement(
            """
            select kid, purpose, generation, sealed_private_key, signs_from
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

    public async ValueTask<IReadOnlyList<PoolId>> ListDueAsync(DateTimeOffset before, int limit, CancellationToken ct) => await session
        .Statement(
            """
            select pool_id
            from signing_keys
            group by pool_id
            having max(signs_from) <= @before
            order by max(signs_from), pool_id
            limit @limit
            """)
        .Time("before", before)
        .Bigint("limit", limit)
        .ListAsync(static row => new PoolId(row.GetString(0)), ct);

    public async ValueTask<int> RemoveReplacedAsync(PoolId? pool, DateTimeOffset before, CancellationToken ct) => await session
        .Statement(
            """
            delete from signing_keys
            where (@pool_id is null or pool_id = @pool_id)
            and exists (
                select 1 from signing_keys s
                where s.pool_id = signing_keys.pool_id and s.purpose = signing_keys.purpose
                and s.generation > signing_keys.generation and s.signs_from <= @before)
            """)
        .Text("pool_id", pool?.Value)
        .Time("before", before)
        .ExecuteAsync(ct);
}
