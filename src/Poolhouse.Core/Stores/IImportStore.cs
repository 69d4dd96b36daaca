using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>Import jobs with their files, sealed, and logs.</summary>
public interface IImportStore
{
    /// <summary>
    /// Adds a job; the one that ended longest ago makes room where there are <paramref name="most"/>. False where none of these ended.
    /// </summary>
    ValueTask<bool> CreateAsync(ImportJob job, int most, DateTimeOffset now, CancellationToken ct);

    /// <summary>The job, or null.</summary>
    ValueTask<ImportJob?> FindAsync(PoolId pool, string id, CancellationToken ct);

    /// <summary>Jobs of a pool, newest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<ImportJob>> ListAsync(PoolId pool, int limit, string? after, CancellationToken ct);

    /// <summary>Whether a job of the pool was started and has not ended.</summary>
    ValueTask<bool> IsAnyUnderWayAsync(PoolId pool, CancellationToken ct);

    /// <summary>Adds a piece of an upload that doesn't count yet; false where the job is gone or no longer waits.</summary>
    ValueTask<bool> AddChunkAsync(ImportJob job, string upload, int number, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Makes the upload the job's file, if the job still waits to be started, in one statement; the file before it goes.</summary>
    ValueTask<bool> UseUploadAsync(PoolId pool, string id, string upload, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes the pieces of an upload unless it is the job's file.</summary>
    ValueTask<int> DropUploadAsync(ImportJob job, string upload, CancellationToken ct);

    /// <summary>A piece of the job's file, or null beyond its end.</summary>
    ValueTask<byte[]?> FindChunkAsync(ImportJob job, int number, CancellationToken ct);

    /// <summary>Starts the job if it waits, has a file and none of its pool is under way, in one statement.</summary>
    ValueTask<ImportCommand> StartAsync(PoolId pool, string id, DateTimeOffset now, CancellationToken ct);

    /// <summary>Asks the job to stop if it is under way, in one statement.</summary>
    ValueTask<bool> StopAsync(PoolId pool, string id, CancellationToken ct);

    /// <summary>Whether there is a job for LeaseAsync; a look that writes nothing.</summary>
    ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Takes the job started longest ago that nobody works on; null where there is none.</summary>
    ValueTask<ImportJob?> LeaseAsync(string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct);

    /// <summary>The job's state, and a longer lease, if it is still the owner's and where the owner left it; null otherwise.</summary>
    ValueTask<ImportState?> HoldAsync(ImportJob job, string owner, DateTimeOffset leaseEnd, CancellationToken ct);

    /// <summary>Stores place and counts, in the transaction that holds the job.</summary>
    ValueTask<int> AdvanceAsync(ImportJob job, CancellationToken ct);

    /// <summary>Gives the job back; false if it wasn't the owner's.</summary>
    ValueTask<bool> ReleaseAsync(ImportJob job, string owner, CancellationToken ct);

    /// <summary>Ends the job and removes its file; false if it isn't the owner's.</summary>
    ValueTask<bool> EndAsync(ImportJob job, string owner, ImportState state, string message, DateTimeOffset now, CancellationToken ct);

    /// <summary>Adds lines to the job's log.</summary>
    ValueTask<int> AddLogAsync(ImportJob job, long line, string text, CancellationToken ct);

    /// <summary>Up to 1,000 entries of the log behind a line.</summary>
    ValueTask<IReadOnlyList<(long Line, string Text)>> ReadLogAsync(ImportJob job, long afterLine, CancellationToken ct);
}
