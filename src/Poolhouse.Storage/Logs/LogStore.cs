using Poolhouse.Core.Logs;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Logs;

/// <summary>Lines that wait to be delivered.</summary>
internal sealed class LogStore(DatabaseSession session) : ILogStore
{
    public async ValueTask AddAsync(LogEntry entry, CancellationToken ct) => await session
        .Statement(
            """
            insert into log_queue (id, pool_id, arn, line, at, due_at, attempts)
            values (@id, @pool_id, @arn, @line, @at, @at, 0)
            """)
        .Text("id", entry.Id)
        .Text("pool_id", entry.PoolId.Value)
        .Text("arn", entry.Arn)
        .Text("line", entry.Line)
        .Time("at", entry.At)
        .ExecuteAsync(ct);

    public async ValueTask<IReadOnlyList<ClaimedLog>> ClaimAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                """
                update log_queue
                set due_at = @until, attempts = attempts + 1
                where position in (select position from log_queue where due_at <= @now order by due_at, position limit @limit {skip_locked})
                returning id, pool_id, arn, line, at, attempts, position
                """)
            .Time("until", until)
            .Time("now", now)
            .Bigint("limit", limit)
            .ListAsync(
                static row => (
                    Claimed: new ClaimedLog(
                        new LogEntry(row.GetString(0), new PoolId(row.GetString(1)), row.GetString(2), row.GetString(3), row.Time(4)), row.GetInt32(5)),
                    Position: row.GetInt64(6)),
                ct);
        return [.. rows.OrderBy(row => row.Position).Select(row => row.Claimed)];
    }

    public async ValueTask CompleteAsync(string id, CancellationToken ct) =>
        await session.Statement("delete from log_queue where id = @id").Text("id", id).ExecuteAsync(ct);

    public async ValueTask DeferAsync(string id, DateTimeOffset dueAt, CancellationToken ct) =>
        await session.Statement("update log_queue set due_at = @due_at where id = @id").Time("due_at", dueAt).Text("id", id).ExecuteAsync(ct);

    // The newest line within the bound is found by walking the key backwards; nothing is counted.
    public async ValueTask<int> TrimAsync(int most, CancellationToken ct) => await session
        .Statement("delete from log_queue where position <= (select position from log_queue order by position desc limit 1 offset @most)")
        .Bigint("most", most)
        .ExecuteAsync(ct);
}
