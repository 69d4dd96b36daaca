using Poolhouse.Core.Imports;

namespace Poolhouse.Storage.Imports;

/// <summary>Which node works on a job. Whatever a node does with a job asks in the same statement whether it still is the one.</summary>
internal sealed class ImportLeases(DatabaseSession session)
{
    // Walks the index of the jobs under way, which are few.
    public ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct) => session
        .Statement("select id from import_jobs where state in ('pending', 'in_progress', 'stopping') and leased_until <= @now limit 1")
        .Time("now", now)
        .AnyAsync(ct);

    // A job that was to stop goes on stopping.
    public ValueTask<ImportJob?> TakeAsync(string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            $$"""
            with due as materialized (
                select pool_id, id
                from import_jobs
                where state in ('pending', 'in_progress', 'stopping') and leased_until <= @now
                order by started_at, id
                limit 1
                {skip_locked}
            )
            update import_jobs as j
            set owner = @owner, leased_until = @lease_end, state = case when state = 'pending' then 'in_progress' else state end
            where (pool_id, id) in (select pool_id, id from due)
            returning {{Returned}}
            """)
        .Time("now", now)
        .Text("owner", owner)
        .Time("lease_end", now + lease)
        .FindAsync(ImportRow.Read, ct);

    public async ValueTask<ImportState?> HoldAsync(ImportJob job, string owner, DateTimeOffset leaseEnd, CancellationToken ct) =>
        await session
            .Statement(
                """
                update import_jobs
                set leased_until = @lease_end
                where pool_id = @pool_id and id = @id and owner = @owner and next_byte = @next_byte
                and state in ('pending', 'in_progress', 'stopping')
                returning state
                """)
            .Time("lease_end", leaseEnd)
            .Job(job.PoolId, job.Id)
            .Text("owner", owner)
            .Bigint("next_byte", job.Position)
            .FindAsync(static row => (ImportState?)EnumText.ToImportState(row.GetString(0)), ct);

    public ValueTask<int> AdvanceAsync(ImportJob job, CancellationToken ct) => session
        .Statement(
            """
            update import_jobs
            set imported = @imported, skipped = @skipped, failed = @failed, next_byte = @next_byte, line = @line
            where pool_id = @pool_id and id = @id
            """)
        .Bigint("imported", job.Imported)
        .Bigint("skipped", job.Skipped)
        .Bigint("failed", job.Failed)
        .Bigint("next_byte", job.Position)
        .Bigint("line", job.Line)
        .Job(job.PoolId, job.Id)
        .ExecuteAsync(ct);

    public ValueTask<bool> ReleaseAsync(ImportJob job, string owner, CancellationToken ct) => session
        .Statement(
            """
            update import_jobs
            set owner = null, leased_until = 0
            where pool_id = @pool_id and id = @id and owner = @owner
            returning id
            """)
        .Job(job.PoolId, job.Id)
        .Text("owner", owner)
        .AnyAsync(ct);

    public ValueTask<bool> EndAsync(ImportJob job, string owner, ImportState state, string message, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update import_jobs
            set state = @state, message = @message, ended_at = @now, owner = null
            where pool_id = @pool_id and id = @id and owner = @owner and next_byte = @next_byte
            and state in ('pending', 'in_progress', 'stopping')
            returning id
            """)
        .Text("state", EnumText.Of(state))
        .Text("message", message)
        .Time("now", now)
        .Job(job.PoolId, job.Id)
        .Text("owner", owner)
        .Bigint("next_byte", job.Position)
        .AnyAsync(ct);

    // SQLite's "returning" knows no alias of the table.
    private static readonly string Returned = ImportRow.Columns.Replace("j.", "", StringComparison.Ordinal);
}
