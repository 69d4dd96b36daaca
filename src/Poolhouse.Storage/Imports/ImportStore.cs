using System.Globalization;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Imports;

/// <summary>Import jobs with their files, sealed, and logs. What a node does with a job that it leased is in <see cref="ImportLeases"/>.</summary>
internal sealed class ImportStore(DatabaseSession session, Sealer sealer) : IImportStore
{
    private const int MaxLogEntries = 1_000;

    private readonly ImportLeases leases = new(session);
    private readonly ImportUploads uploads = new(session, sealer);

    public async ValueTask<bool> CreateAsync(ImportJob job, int most, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(job.PoolId, ct);
        var count = await session
            .Statement("select count(*) from import_jobs where pool_id = @pool_id")
            .Text("pool_id", job.PoolId.Value)
            .FindAsync(static row => row.GetInt64(0), ct);
        if (count >= most && !await DropOldestAsync(job.PoolId, now, ct)) return false;
        return await session
            .Statement(
                """
                insert into import_jobs (
                    pool_id, id, name, role_arn, hash_algorithm, state, created_at, imported, skipped, failed, next_byte, line, leased_until)
                values (@pool_id, @id, @name, @role_arn, @hash_algorithm, 'created', @created_at, 0, 0, 0, 0, 1, 0)
                on conflict do nothing
                returning id
                """)
            .Job(job.PoolId, job.Id)
            .Text("name", job.Name)
            .Text("role_arn", job.RoleArn)
            .Text("hash_algorithm", job.HashAlgorithm)
            .Time("created_at", job.CreatedAt)
            .AnyAsync(ct);
    }

    public ValueTask<ImportJob?> FindAsync(PoolId pool, string id, CancellationToken ct) => session
        .Statement(
            $"""
            select {ImportRow.Columns}
            from import_jobs j
            where j.pool_id = @pool_id and j.id = @id
            """)
        .Job(pool, id)
        .FindAsync(ImportRow.Read, ct);

    // At most 50 a pool, so they are sorted without an index.
    public async ValueTask<Page<ImportJob>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct)
    {
        var cursor = after?.Split('/');
        var rows = await session
            .Statement(
                $"""
                select {ImportRow.Columns}
                from import_jobs j
                where j.pool_id = @pool_id
                and (@id is null or j.created_at < @created_at or (j.created_at = @created_at and j.id < @id))
                order by j.created_at desc, j.id desc
                limit @limit
                """)
            .Job(pool, cursor?[1]!)
            .Bigint("created_at", cursor is null ? null : long.Parse(cursor[0], CultureInfo.InvariantCulture))
            .Bigint("limit", limit + 1)
            .ListAsync(ImportRow.Read, ct);
        return Paging.Cut(rows, limit, static job => string.Create(CultureInfo.InvariantCulture, $"{job.CreatedAt.ToUnixTimeMilliseconds()}/{job.Id}"));
    }

    public ValueTask<bool> IsAnyUnderWayAsync(PoolId pool, CancellationToken ct) => session
        .Statement("select id from import_jobs where pool_id = @pool_id and state in ('pending', 'in_progress', 'stopping')")
        .Text("pool_id", pool.Value)
        .AnyAsync(ct);

    public ValueTask<bool> AddChunkAsync(ImportJob job, string upload, int number, ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        uploads.AddAsync(job, upload, number, bytes, ct);

    public ValueTask<bool> UseUploadAsync(PoolId pool, string id, string upload, DateTimeOffset now, CancellationToken ct) =>
        uploads.UseAsync(pool, id, upload, now, ct);

    public ValueTask<int> DropUploadAsync(ImportJob job, string upload, CancellationToken ct) => uploads.DropAsync(job, upload, ct);

    public ValueTask<byte[]?> FindChunkAsync(ImportJob job, int number, CancellationToken ct) => uploads.FindAsync(job, number, ct);

    public async ValueTask<ImportCommand> StartAsync(PoolId pool, string id, DateTimeOffset now, CancellationToken ct)
    {
        // Two jobs of a pool started at once look for each other one after the other.
        await LockAsync(pool, ct);
        var isStarted = await session
            .Statement(
                """
                update import_jobs
                set state = 'pending', started_at = @now
                where pool_id = @pool_id and id = @id and state = 'created' and upload_id is not null and created_at > @oldest
                and not exists (
                    select 1 from import_jobs o where o.pool_id = @pool_id and o.state in ('pending', 'in_progress', 'stopping'))
                returning id
                """)
            .Time("now", now)
            .Job(pool, id)
            .Time("oldest", now - ImportJob.Patience)
            .AnyAsync(ct);
        if (isStarted) return ImportCommand.Done;

        // Only for a clearer error; who won is decided.
        return (await FindAsync(pool, id, ct))?.At(now) switch
        {
            { State: ImportState.Created, UploadId: null } => ImportCommand.NoFile,
            { State: ImportState.Created } => ImportCommand.OtherUnderWay,
            _ => ImportCommand.WrongState,
        };
    }

    public ValueTask<bool> StopAsync(PoolId pool, string id, CancellationToken ct) => session
        .Statement(
            """
            update import_jobs
            set state = 'stopping'
            where pool_id = @pool_id and id = @id and state in ('pending', 'in_progress')
            returning id
            """)
        .Job(pool, id)
        .AnyAsync(ct);

    public ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct) => leases.IsAnyDueAsync(now, ct);

    public ValueTask<ImportJob?> LeaseAsync(string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct) =>
        leases.TakeAsync(owner, lease, now, ct);

    public ValueTask<ImportState?> HoldAsync(ImportJob job, string owner, DateTimeOffset leaseEnd, CancellationToken ct) =>
        leases.HoldAsync(job, owner, leaseEnd, ct);

    public ValueTask<int> AdvanceAsync(ImportJob job, CancellationToken ct) => leases.AdvanceAsync(job, ct);

    public ValueTask<bool> ReleaseAsync(ImportJob job, string owner, CancellationToken ct) => leases.ReleaseAsync(job, owner, ct);

    public async ValueTask<bool> EndAsync(ImportJob job, string owner, ImportState state, string message, DateTimeOffset now, CancellationToken ct)
    {
        if (!await leases.EndAsync(job, owner, state, message, now, ct)) return false;
        await uploads.DropAllAsync(job, ct);
        return true;
    }

    public ValueTask<int> AddLogAsync(ImportJob job, long line, string text, CancellationToken ct) => session
        .Statement("insert into import_log (pool_id, job_id, line, text) values (@pool_id, @id, @line, @text)")
        .Job(job.PoolId, job.Id)
        .Bigint("line", line)
        .Text("text", text)
        .ExecuteAsync(ct);

    public async ValueTask<IReadOnlyList<(long Line, string Text)>> ReadLogAsync(ImportJob job, long afterLine, CancellationToken ct) => await session
        .Statement(
            """
            select line, text
            from import_log
            where pool_id = @pool_id and job_id = @id and line > @after
            order by line
            limit @limit
            """)
        .Job(job.PoolId, job.Id)
        .Bigint("after", afterLine)
        .Bigint("limit", MaxLogEntries)
        .ListAsync(static row => (row.GetInt64(0), row.GetString(1)), ct);

    private ValueTask<bool> DropOldestAsync(PoolId pool, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            delete from import_jobs
            where pool_id = @pool_id and id = (
                select o.id from import_jobs o
                where o.pool_id = @pool_id
                and (o.state in ('succeeded', 'failed', 'stopped', 'expired') or (o.state = 'created' and o.created_at <= @oldest))
                order by coalesce(o.ended_at, o.created_at), o.id
                limit 1)
            returning id
            """)
        .Text("pool_id", pool.Value)
        .Time("oldest", now - ImportJob.Patience)
        .AnyAsync(ct);

    private ValueTask<bool> LockAsync(PoolId pool, CancellationToken ct) => session
        .Statement("select id from pools where id = @pool_id {locked}")
        .Text("pool_id", pool.Value)
        .AnyAsync(ct);
}
