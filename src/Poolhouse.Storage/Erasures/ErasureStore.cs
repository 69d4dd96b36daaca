using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Erasures;

/// <summary>What is still to be removed outside the database.</summary>
internal sealed class ErasureStore(DatabaseSession session) : IErasureStore
{
    public async ValueTask AddAsync(Erasure erasure, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            insert into erasures (id, kind, subject, attempts, due_at)
            values (@id, @kind, @subject, @attempts, @due_at)
            """)
        .Text("id", erasure.Id)
        .Text("kind", erasure.Kind)
        .Text("subject", erasure.Subject)
        .Bigint("attempts", erasure.Attempts)
        .Time("due_at", now)
        .ExecuteAsync(ct);

    public async ValueTask<IReadOnlyList<Erasure>> TakeAsync(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) => await session
        .Statement(
            """
            update erasures
            set due_at = @until, attempts = attempts + 1
            where position in (
                select position from erasures
                where due_at <= @now
                order by due_at, position
                limit @limit
                {skip_locked})
            returning id, kind, subject, attempts
            """)
        .Time("until", until)
        .Time("now", now)
        .Bigint("limit", limit)
        .ListAsync(static row => new Erasure(row.GetString(0), row.GetString(1), row.GetString(2), (int)row.GetInt64(3)), ct);

    public async ValueTask CompleteAsync(string id, CancellationToken ct) => await session
        .Statement("delete from erasures where id = @id")
        .Text("id", id)
        .ExecuteAsync(ct);

    public async ValueTask PostponeAsync(string id, DateTimeOffset dueAt, CancellationToken ct) => await session
        .Statement("update erasures set due_at = @due_at where id = @id")
        .Time("due_at", dueAt)
        .Text("id", id)
        .ExecuteAsync(ct);
}
