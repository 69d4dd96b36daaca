using System.Data.Common;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Remote;

/// <summary>The rows of removals that were begun at other pools.</summary>
internal sealed class RemoteDeletionStore(DatabaseSession session) : IRemoteDeletionStore
{
    public async ValueTask AddAsync(RemoteDeletion deletion, DateTimeOffset dueAt, CancellationToken ct) => await session
        .Statement(
            """
            insert into remote_deletions (pool_id, sub, application, pool_username, due_at, attempts)
            values (@pool_id, @sub, @application, @pool_username, @due_at, 0)
            on conflict (pool_id, sub) do update
            set application = excluded.application, pool_username = excluded.pool_username, due_at = excluded.due_at, attempts = 0
            """)
        .Text("pool_id", deletion.PoolId.Value)
        .Text("sub", deletion.Sub.Value)
        .Text("application", deletion.Application)
        .Text("pool_username", deletion.PoolUsername)
        .Time("due_at", dueAt)
        .ExecuteAsync(ct);

    public ValueTask<bool> IsNotedAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement("select 1 from remote_deletions where pool_id = @pool_id and sub = @sub")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .AnyAsync(ct);

    public ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct) => session
        .Statement("select 1 from remote_deletions where due_at <= @now limit 1")
        .Time("now", now)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<RemoteDeletion>> ClaimAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            with due as materialized (
                select pool_id, sub from remote_deletions where due_at <= @now order by due_at limit @limit {skip_locked}
            )
            update remote_deletions
            set due_at = @until, attempts = attempts + 1
            where (pool_id, sub) in (select pool_id, sub from due)
            returning application, pool_id, sub, pool_username, attempts
            """)
        .Time("now", now)
        .Bigint("limit", limit)
        .Time("until", until)
        .ListAsync(Map, ct);

    public async ValueTask RemoveAsync(PoolId pool, Sub sub, CancellationToken ct) => await session
        .Statement("delete from remote_deletions where pool_id = @pool_id and sub = @sub")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .ExecuteAsync(ct);

    private static RemoteDeletion Map(DbDataReader row) =>
        new(row.GetString(0), new PoolId(row.GetString(1)), new Sub(row.GetString(2)), row.GetString(3), row.GetInt64(4));
}
