using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Factors;

/// <summary>Secrets of authenticator apps.</summary>
internal sealed class SoftwareTokenStore(DatabaseSession session) : ISoftwareTokenStore
{
    public ValueTask<SoftwareToken?> FindAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement(
            """
            select sealed_secret, pending_secret
            from software_tokens
            where pool_id = @pool_id and sub = @sub
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(static row => new SoftwareToken(row.BytesOrNull(0), row.BytesOrNull(1)), ct);

    public async ValueTask PutPendingAsync(PoolId pool, Sub sub, byte[] sealedSecret, CancellationToken ct) => await session
        .Statement(
            """
            insert into software_tokens (pool_id, sub, pending_secret, last_step)
            values (@pool_id, @sub, @pending_secret, 0)
            on conflict (pool_id, sub) do update
            set pending_secret = excluded.pending_secret
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Bytes("pending_secret", sealedSecret)
        .ExecuteAsync(ct);

    public ValueTask<bool> ActivateAsync(PoolId pool, Sub sub, byte[] pendingSecret, long step, CancellationToken ct) => session
        .Statement(
            """
            update software_tokens
            set sealed_secret = pending_secret, pending_secret = null, last_step = @step
            where pool_id = @pool_id and sub = @sub and pending_secret = @pending_secret
            returning sub
            """)
        .Bigint("step", step)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Bytes("pending_secret", pendingSecret)
        .AnyAsync(ct);

    public ValueTask<bool> UseStepAsync(PoolId pool, Sub sub, byte[] sealedSecret, long step, CancellationToken ct) => session
        .Statement(
            """
            update software_tokens
            set last_step = @step
            where pool_id = @pool_id and sub = @sub and sealed_secret = @sealed_secret and last_step < @step
            returning sub
            """)
        .Bigint("step", step)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Bytes("sealed_secret", sealedSecret)
        .AnyAsync(ct);

    public ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement("delete from software_tokens where pool_id = @pool_id and sub = @sub returning sub")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .AnyAsync(ct);
}
