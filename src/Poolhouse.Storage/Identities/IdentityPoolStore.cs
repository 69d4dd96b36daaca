using System.Data.Common;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Identities;

/// <summary>Identity pools.</summary>
internal sealed class IdentityPoolStore(DatabaseSession session) : IIdentityPoolStore
{
    private static readonly StoredDocument<IdentityPoolSettings> Document = new(StorageJson.Default.IdentityPoolSettings, new IdentityPoolSettings());

    public ValueTask<bool> CreateAsync(IdentityPool pool, CancellationToken ct) => session
        .Statement(
            """
            insert into identity_pools (id, name, document, created_at, modified_at)
            values (@id, @name, @document, @created_at, @modified_at)
            on conflict do nothing
            returning id
            """)
        .Text("id", pool.Id.Value)
        .Text("name", pool.Name)
        .Text("document", Document.Write(pool.Settings))
        .Time("created_at", pool.CreatedAt)
        .Time("modified_at", pool.ModifiedAt)
        .AnyAsync(ct);

    public ValueTask<IdentityPool?> FindAsync(IdentityPoolId id, CancellationToken ct) => session
        .Statement(
            """
            select id, name, document, created_at, modified_at
            from identity_pools
            where id = @id
            """)
        .Text("id", id.Value)
        .FindAsync(Read, ct);

    public ValueTask<bool> UpdateAsync(IdentityPool pool, DateTimeOffset expected, CancellationToken ct) => session
        .Statement(
            """
            update identity_pools
            set name = @name, document = @document, modified_at = @modified_at
            where id = @id and modified_at = @expected
            returning id
            """)
        .Text("name", pool.Name)
        .Text("document", Document.Write(pool.Settings))
        .Time("modified_at", pool.ModifiedAt)
        .Text("id", pool.Id.Value)
        .Time("expected", expected)
        .AnyAsync(ct);

    public ValueTask<bool> DeleteAsync(IdentityPoolId id, CancellationToken ct) => session
        .Statement("delete from identity_pools where id = @id returning id")
        .Text("id", id.Value)
        .AnyAsync(ct);

    public async ValueTask<Page<IdentityPool>> ListAsync(int limit, string? after, CancellationToken ct)
    {
        var pools = await session
            .Statement(
                """
                select id, name, document, created_at, modified_at
                from identity_pools
                where id > @after
                order by id
                limit @limit
                """)
            .Text("after", after ?? "")
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(pools, limit, pool => pool.Id.Value);
    }

    // Scans the primary key, which the quota keeps small.
    public ValueTask<long> CountAsync(CancellationToken ct) => session
        .Statement("select count(*) from identity_pools")
        .FindAsync(static row => row.GetInt64(0), ct);

    private static IdentityPool Read(DbDataReader row) => new()
    {
        Id = new IdentityPoolId(row.GetString(0)),
        Name = row.GetString(1),
        Settings = Document.Read(row.GetString(2)),
        CreatedAt = row.Time(3),
        ModifiedAt = row.Time(4),
    };
}
