using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Codes;

/// <summary>Codes that were sent.</summary>
internal sealed class CodeStore(DatabaseSession session) : ICodeStore
{
    public async ValueTask PutAsync(Code code, CancellationToken ct) => await session
        .Statement(
            """
            insert into codes (pool_id, sub, purpose, attribute, destination, hash, expires_at)
            values (@pool_id, @sub, @purpose, @attribute, @destination, @hash, @expires_at)
            on conflict (pool_id, sub, purpose, attribute) do update
            set destination = excluded.destination, hash = excluded.hash, expires_at = excluded.expires_at
            """)
        .Text("pool_id", code.PoolId.Value)
        .Text("sub", code.Sub.Value)
        .Text("purpose", EnumText.Of(code.Purpose))
        .Text("attribute", code.Attribute)
        .Text("destination", code.Destination)
        .Bytes("hash", code.Hash)
        .Time("expires_at", code.ExpiresAt)
        .ExecuteAsync(ct);

    public async ValueTask<(CodeOutcome Outcome, Code? Code)> ConsumeAsync(
        PoolId pool,
        Sub sub,
        CodePurpose purpose,
        string? attribute,
        IReadOnlyList<byte[]> acceptableHashes,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (acceptableHashes.Count is not (1 or 2)) throw new ArgumentException("One or two hashes can be acceptable.", nameof(acceptableHashes));

        // Comparing hashes in SQL tells nothing by its time: they are keyed, so nobody outside can choose their first bytes.
        var code = await session
            .Statement(
                """
                delete from codes
                where pool_id = @pool_id and sub = @sub and purpose = @purpose
                and (@attribute is null or attribute = @attribute)
                and (hash = @hash or hash = @previous_hash)
                and expires_at > @now
                returning attribute, destination, hash, expires_at
                """)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .Text("purpose", EnumText.Of(purpose))
            .Text("attribute", attribute)
            .Bytes("hash", acceptableHashes[0])
            .Bytes("previous_hash", acceptableHashes.Count > 1 ? acceptableHashes[1] : null)
            .Time("now", now)
            .FindAsync(
                row => new Code
                {
                    PoolId = pool,
                    Sub = sub,
                    Purpose = purpose,
                    Attribute = row.GetString(0),
                    Destination = row.GetString(1),
                    Hash = row.Bytes(2),
                    ExpiresAt = row.Time(3),
                },
                ct);
        if (code is not null) return (CodeOutcome.Consumed, code);

        // It is decided; this only finds the name of the reason.
        return (await IsLiveAsync(pool, sub, purpose, attribute, now, ct) ? CodeOutcome.Mismatch : CodeOutcome.Expired, null);
    }

    public async ValueTask RevokeAsync(PoolId pool, Sub sub, CodePurpose purpose, CancellationToken ct) => await session
        .Statement("delete from codes where pool_id = @pool_id and sub = @sub and purpose = @purpose")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("purpose", EnumText.Of(purpose))
        .ExecuteAsync(ct);

    private ValueTask<bool> IsLiveAsync(
        PoolId pool, Sub sub, CodePurpose purpose, string? attribute, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            select 1
            from codes
            where pool_id = @pool_id and sub = @sub and purpose = @purpose
            and (@attribute is null or attribute = @attribute)
            and expires_at > @now
            limit 1
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("purpose", EnumText.Of(purpose))
        .Text("attribute", attribute)
        .Time("now", now)
        .AnyAsync(ct);
}
