using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Imports.Local;

/// <summary>
/// How far the program's <c>import</c> command came with a file. Kept in the transactions that add the users, so that a command which was
/// killed goes on behind the last row that counts.
/// </summary>
public sealed record LocalImport
{
    /// <summary>How long it is remembered after its last step, with the rows that failed.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>What the file is, whatever its name: 64 hex digits of a SHA-256 over its format and its bytes.</summary>
    public required string Digest { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last row was looked at; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rows that became users.</summary>
    public long Imported { get; init; }

    /// <summary>Rows that did not.</summary>
    public long Failed { get; init; }

    /// <summary>Where in the file the first row begins that is not done; bytes.</summary>
    public long Position { get; init; }

    /// <summary>The line number there, from 1.</summary>
    public long Line { get; init; } = 1;
}

/// <summary>Why a row did not become a user.</summary>
/// <param name="Line">The line of the file that it begins at.</param>
/// <param name="Key">Its username, or else its address; null where the row could not be read. Never anything else of the row.</param>
/// <param name="Code">One of <see cref="RowProblems"/>' codes.</param>
/// <param name="Why">The same in words, without anything of the row.</param>
public sealed record LocalFailure(long Line, string? Key, string Code, string Why);
