using System.Globalization;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Storage.Imports;

/// <summary>The pieces of files. Each is sealed with its place as context: it is full of personal data.</summary>
internal sealed class ImportUploads(DatabaseSession session, Sealer sealer)
{
    public ValueTask<bool> AddAsync(ImportJob job, string upload, int number, ReadOnlyMemory<byte> bytes, CancellationToken ct) => session
        .Statement(
            """
            insert into import_chunks (pool_id, job_id, upload_id, number, sealed_bytes)
            select j.pool_id, j.id, @upload_id, @number, @sealed_bytes
            from import_jobs j
            where j.pool_id = @pool_id and j.id = @id and j.state = 'created'
            returning number
            """)
        .Text("upload_id", upload)
        .Bigint("number", number)
        .Bytes("sealed_bytes", sealer.Seal(bytes.Span, SealPurpose.ImportFile, Context(job, upload, number)))
        .Job(job.PoolId, job.Id)
        .AnyAsync(ct);

    public async ValueTask<bool> UseAsync(PoolId pool, string id, string upload, DateTimeOffset now, CancellationToken ct)
    {
        var replaced = await session
            .Statement("select upload_id from import_jobs where pool_id = @pool_id and id = @id {locked}")
            .Job(pool, id)
            .FindAsync(static row => row.TextOrNull(0), ct);
        var isUsed = await session
            .Statement(
                """
                update import_jobs
                set upload_id = @upload_id
                where pool_id = @pool_id and id = @id and state = 'created' and created_at > @oldest
                returning id
                """)
            .Text("upload_id", upload)
            .Job(pool, id)
            .Time("oldest", now - ImportJob.Patience)
            .AnyAsync(ct);
        if (!isUsed) return false;

        // Only the file that this one replaces: another upload may be under way, and must not lose its beginning and then be taken for whole.
        await session
            .Statement("delete from import_chunks where pool_id = @pool_id and job_id = @id and upload_id = @replaced")
            .Job(pool, id)
            .Text("replaced", replaced)
            .ExecuteAsync(ct);
        return true;
    }

    public ValueTask<int> DropAsync(ImportJob job, string upload, CancellationToken ct) => session
        .Statement(
            """
            delete from import_chunks
            where pool_id = @pool_id and job_id = @id and upload_id = @upload_id
            and not exists (select 1 from import_jobs j where j.pool_id = @pool_id and j.id = @id and j.upload_id = @upload_id)
            """)
        .Job(job.PoolId, job.Id)
        .Text("upload_id", upload)
        .ExecuteAsync(ct);

    public ValueTask<int> DropAllAsync(ImportJob job, CancellationToken ct) => session
        .Statement("delete from import_chunks where pool_id = @pool_id and job_id = @id")
        .Job(job.PoolId, job.Id)
        .ExecuteAsync(ct);

    public async ValueTask<byte[]?> FindAsync(ImportJob job, int number, CancellationToken ct)
    {
        var found = await session
            .Statement(
                """
                select sealed_bytes
                from import_chunks
                where pool_id = @pool_id and job_id = @id and upload_id = @upload_id and number = @number
                """)
            .Job(job.PoolId, job.Id)
            .Text("upload_id", job.UploadId)
            .Bigint("number", number)
            .FindAsync(static row => row.Bytes(0), ct);
        if (found is null) return null;
        return sealer.TryOpen(found, SealPurpose.ImportFile, Context(job, job.UploadId!, number), out var clear)
            ? clear
            : throw new InvalidOperationException($"The file of import job {job.Id} was sealed under another master key.");
    }

    private static byte[] Context(ImportJob job, string upload, int number) =>
        SealContext.Of(string.Create(CultureInfo.InvariantCulture, $"{job.PoolId}/{job.Id}/{upload}/{number}"));
}
