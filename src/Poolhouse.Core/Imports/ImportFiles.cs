using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Imports;

/// <summary>How an upload ended.</summary>
public enum UploadOutcome
{
    /// <summary>It is the job's file now, in the place of one that was there.</summary>
    Kept,

    /// <summary>It is longer than may be.</summary>
    TooLong,

    /// <summary>It has no byte.</summary>
    Empty,

    /// <summary>The job is gone, or was started or expired meanwhile.</summary>
    TooLate,
}

/// <summary>
/// Files of jobs. They lie in the database, sealed and in pieces, so that any node can work on them and nothing half there can be taken
/// for a file: the pieces count once the job names their upload.
/// </summary>
public sealed class ImportFiles(IDatabase database, IRandom random)
{
    /// <summary>Bytes of a piece; every piece but the last has them all.</summary>
    public const int ChunkLength = 256 * 1024;

    /// <summary>Keeps what a stream holds as the job's file.</summary>
    /// <param name="job">The job, not started.</param>
    /// <param name="content">Read to its end, or to one byte more than it may have.</param>
    /// <param name="maximum">Bytes.</param>
    /// <param name="clock">Asked at the end.</param>
    /// <param name="ct">Gives up; nothing is kept then.</param>
    public async ValueTask<UploadOutcome> KeepAsync(ImportJob job, Stream content, long maximum, TimeProvider clock, CancellationToken ct)
    {
        var upload = random.UuidText();
        var outcome = UploadOutcome.TooLate;
        try
        {
            outcome = await ReadAsync(job, upload, content, maximum, ct);
            if (outcome != UploadOutcome.Kept) return outcome;
            // One statement decides between this and StartUserImportJob.
            var isKept = await database.WriteAsync(unit => unit.Imports.UseUploadAsync(job.PoolId, job.Id, upload, clock.GetUtcNow(), ct), ct);
            return outcome = isKept ? UploadOutcome.Kept : UploadOutcome.TooLate;
        }
        finally
        {
            // Whoever uploaded may have hung up. Should this fail too, the job's end removes what is left.
            if (outcome != UploadOutcome.Kept) await database.WriteAsync(unit => unit.Imports.DropUploadAsync(job, upload, CancellationToken.None), CancellationToken.None);
        }
    }

    private async ValueTask<UploadOutcome> ReadAsync(ImportJob job, string upload, Stream content, long maximum, CancellationToken ct)
    {
        var buffer = new byte[ChunkLength];
        var total = 0L;
        for (var number = 0; ; number++)
        {
            var length = await content.ReadAtLeastAsync(buffer, ChunkLength, throwOnEndOfStream: false, ct);
            total += length;
            if (total > maximum) return UploadOutcome.TooLong;
            if (total == 0) return UploadOutcome.Empty;
            if (length > 0)
            {
                var piece = buffer.AsMemory(0, length);
                var at = number;
                // A job that is gone can't have pieces: the database would refuse them.
                if (!await database.WriteAsync(unit => unit.Imports.AddChunkAsync(job, upload, at, piece, ct), ct)) return UploadOutcome.TooLate;
            }

            if (length < ChunkLength) return UploadOutcome.Kept;
        }
    }
}
