using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>How far imports by the program's command came, and the rows that failed.</summary>
public interface ILocalImportStore
{
    /// <summary>The import of a file into a pool, or null.</summary>
    ValueTask<LocalImport?> FindAsync(PoolId pool, string digest, CancellationToken ct);

    /// <summary>Begins an import in the place of one that ended; false where one of the same file is under way.</summary>
    ValueTask<bool> BeginAsync(LocalImport import, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Keeps the import to this unit of work if it still stands where the caller left it and has not ended; false where another command has
    /// gone on with it.
    /// </summary>
    ValueTask<bool> HoldAsync(LocalImport import, DateTimeOffset now, CancellationToken ct);

    /// <summary>Stores counts, place and end of a held import.</summary>
    ValueTask<int> AdvanceAsync(LocalImport import, CancellationToken ct);

    /// <summary>Adds a row that failed.</summary>
    ValueTask<int> AddFailureAsync(LocalImport import, LocalFailure failure, CancellationToken ct);

    /// <summary>Rows that failed behind a line, by line. <paramref name="limit"/> 1–1,000.</summary>
    ValueTask<IReadOnlyList<LocalFailure>> ListFailuresAsync(LocalImport import, long afterLine, int limit, CancellationToken ct);
}
