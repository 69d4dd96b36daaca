using System.Data.Common;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Pools;

/// <summary>User pools.</summary>
internal sealed class PoolStore(DatabaseSession session, Action onChange) : IPoolStore
{
    private static readonly StoredDocument<PoolDocument> Document = new(
        StorageJson.Default.PoolDocument,
        new PoolDocument { Settings = new PoolSettings(), UsernameAttributes = [], AliasAttributes = [], IsCaseSensitive = false, Schema = [] });

    public ValueTask<bool> CreateAsync(UserPool pool, CancellationToken ct) => Changing()
        .Statement(
            """
            insert into pools (id, name, document, created_at, modified_at)
            values (@id, @name, @document, @created_at, @modified_at)
            on conflict do nothing
            returning id
            """)
        .Text("id", pool.Id.Value)
        .Text("name", pool.Name)
        .Text("document", Write(pool))
        .Time("created_at", pool.CreatedAt)
        .Time("modified_at", pool.ModifiedAt)
        .AnyAsync(ct);

    public ValueTask<UserPool?> FindAsync(PoolId id, CancellationToken ct) => session
        .Statement(
            """
            select id, name, document, created_at, modified_at
            from pools
            where id = @id
            """)
        .Text("id", id.Value)
        .FindAsync(Read, ct);

    public ValueTask<bool> UpdateAsync(UserPool pool, DateTimeOffset expected, CancellationToken ct) => Changing()
        .Statement(
            """
            update pools
            set name = @name, document = @document, modified_at = @modified_at
            where id = @id and modified_at = @expected
            returning id
            """)
        .Text("name", pool.Name)
        .Text("document", Write(pool))
        .Time("modified_at", pool.ModifiedAt)
        .Text("id", pool.Id.Value)
        .Time("expected", expected)
        .AnyAsync(ct);

    // Takes as long as the pool has users. Deleting in steps would leave half a pool that still answers.
    public ValueTask<bool> DeleteAsync(PoolId id, CancellationToken ct) => Changing()
        .Statement("delete from pools where id = @id returning id")
        .WithoutTimeLimit()
        .Text("id", id.Value)
        .AnyAsync(ct);

    public async ValueTask<Page<UserPool>> ListAsync(int limit, string? after, CancellationToken ct)
    {
        var pools = await session
            .Statement(
                """
                select id, name, document, created_at, modified_at
                from pools
                where id > @after
                order by id
                limit @limit
                """)
            .Text("after", after ?? "")
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(pools, limit, pool => pool.Id.Value);
    }

    private static string Write(UserPool pool) => Document.Write(new PoolDocument
    {
        Settings = pool.Settings,
        UsernameAttributes = pool.UsernameAttributes,
        AliasAttributes = pool.AliasAttributes,
        IsCaseSensitive = pool.IsCaseSensitive,
        HasUsernameConfiguration = pool.HasUsernameConfiguration,
        Schema = pool.Schema,
    });

    private static UserPool Read(DbDataReader row)
    {
        var document = Document.Read(row.GetString(2));
        return new UserPool
        {
            Id = new PoolId(row.GetString(0)),
            Name = row.GetString(1),
            CreatedAt = row.Time(3),
            ModifiedAt = row.Time(4),
            Settings = document.Settings,
            UsernameAttributes = document.UsernameAttributes,
            AliasAttributes = document.AliasAttributes,
            IsCaseSensitive = document.IsCaseSensitive,
            HasUsernameConfiguration = document.HasUsernameConfiguration,
            Schema = document.Schema,
        };
    }

    // A catalog somewhere remembers what is changed here.
    private DatabaseSession Changing()
    {
        onChange();
        return session;
    }
}
