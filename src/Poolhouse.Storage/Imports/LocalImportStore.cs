using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Imports;

/// <summary>How far imports by the program's command came, and the rows that failed.</summary>
internal sealed class LocalImportStore(DatabaseSession session) : ILocalImportStore
{
    private const int MaxFailures = 1_000;

    public ValueTask<LocalImport?> FindAsync(PoolId pool, string digest, CancellationToken ct) => session
        .Statement(
            """
            select started_at, ended_at, imported, failed, next_byte, line
            from local_imports
            where pool_id = @pool_id and digest = @digest
            """)
        .Text("pool_id", pool.Value)
        .Text("digest", digest)
        .FindAsync(
            row => new LocalImport
            {
                PoolId = pool,
                Digest = digest,
                StartedAt = row.Time(0),
                EndedAt = row.TimeOrNull(1),
                Imported = row.GetInt64(2),
                Failed = row.GetInt64(3),
                Position = row.GetInt64(4),
                Line = row.GetInt64(5),
            },
            ct);

    public async ValueTask<bool> BeginAsync(LocalImport import, DateTimeOffset now, CancellationToken ct)
    {
        await session
            .Statement("delete from local_imports where pool_id = @pool_id and digest = @digest and ended_at is not null")
            .Of(import)
            .ExecuteAsync(ct);
        return await session
            .Statement(
                """
                insert into local_imports (pool_id, digest, started_at, touched_at, imported, failed, next_byte, line)
                values (@pool_id, @digest, @started_at, @touched_at, 0, 0, 0, 1)
                on conflict do nothing
                returning digest
                """)
            .Of(import)
            .Time("started_at", import.StartedAt)
            .Time("touched_at", now)
            .AnyAsync(ct);
    }

    public ValueTask<bool> HoldAsync(LocalImport import, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update local_imports
            set touched_at = @touched_at
            where pool_id = @pool_id and digest = @digest and ended_at is null and next_byte = @next_byte and line = @line
            returning digest
            """)
        .Time("touched_at", now)
        .Of(import)
        .Bigint("next_byte", import.Position)
        .Bigint("line", import.Line)
        .AnyAsync(ct);

    public ValueTask<int> AdvanceAsync(LocalImport import, CancellationToken ct) => session
        .Statement(
            """
            update local_imports
            set imported = @imported, failed = @failed, next_byte = @next_byte, line = @line, ended_at = @ended_at
            where pool_id = @pool_id and digest = @digest
            """)
        .Bigint("imported", import.Imported)
        .Bigint("failed", import.Failed)
        .Bigint("next_byte", import.Position)
        .Bigint("line", import.Line)
        .Time("ended_at", import.EndedAt)
        .Of(import)
        .ExecuteAsync(ct);

    public ValueTask<int> AddFailureAsync(LocalImport import, LocalFailure failure, CancellationToken ct) => session
        .Statement(
            """
            insert into local_import_failures (pool_id, digest, line, key, code, why)
            values (@pool_id, @digest, @line, @key, @code, @why)
            """)
        .Of(import)
        .Bigint("line", failure.Line)
        .Text("key", failure.Key)
        .Text("code", failure.Code)
        .Text("why", failure.Why)
        .ExecuteAsync(ct);

    public async ValueTask<IReadOnlyList<LocalFailure>> ListFailuresAsync(LocalImport import, long afterLine, int limit, CancellationToken ct) => await session
        .Statement(
            """
            select line, key, code, why
            from local_import_failures
            where pool_id = @pool_id and digest = @digest and line > @after
            order by line
            limit @limit
            """)
        .Of(import)
        .Bigint("after", afterLine)
        .Bigint("limit", Math.Clamp(limit, 1, MaxFailures))
        .ListAsync(static row => new LocalFailure(row.GetInt64(0), row.TextOrNull(1), row.GetString(2), row.GetString(3)), ct);
}

/// <summary>The two parameters that name an import.</summary>
file static class LocalImportParameters
{
    public static Statement Of(this Statement statement, LocalImport import) => statement.Text("pool_id", import.PoolId.Value).Text("digest", import.Digest);
}
