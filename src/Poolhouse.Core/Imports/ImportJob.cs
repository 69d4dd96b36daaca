using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Imports;

/// <summary>A file of users on its way into a pool. API_UserImportJobType.</summary>
public sealed record ImportJob
{
    /// <summary>How long a job may wait to be started (user guide, "Creating and running the user pool import job").</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>The pool.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary><c>import-</c> and 10 letters or digits.</summary>
    public required string Id { get; init; }

    /// <summary>1–128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Kept to be shown; the log stays on this server.</summary>
    public required string RoleArn { get; init; }

    /// <summary>What made the file's password hashes, as the wire names it; null where it has none.</summary>
    public string? HashAlgorithm { get; init; }

    /// <summary>Where it stands.</summary>
    public ImportState State { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When StartUserImportJob was called; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, whichever way; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rows that became users.</summary>
    public long Imported { get; init; }

    /// <summary>Rows whose user there was already.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that could not become users.</summary>
    public long Failed { get; init; }

    /// <summary>How it ended, in words; null before.</summary>
    public string? Message { get; init; }

    /// <summary>The upload that counts; null before the first is complete.</summary>
    public string? UploadId { get; init; }

    /// <summary>Where in the file the first row begins that is not done; bytes.</summary>
    public long Position { get; init; }

    /// <summary>The line number there, from 1.</summary>
    public long Line { get; init; } = 1;

    /// <summary>The same, expired where it waited too long; nothing needs to have noticed.</summary>
    public ImportJob At(DateTimeOffset now) => State == ImportState.Created && CreatedAt + Patience <= now
        ? this with { State = ImportState.Expired, EndedAt = CreatedAt + Patience, Message = ImportMessages.Expired }
        : this;
}

/// <summary>API_UserImportJobType.Status.</summary>
public enum ImportState
{
    /// <summary>Made, and not started.</summary>
    Created,

    /// <summary>Started, and taken up by no node yet.</summary>
    Pending,

    /// <summary>A node works on it, or did when it died; then another goes on.</summary>
    InProgress,

    /// <summary>It is to stop after the rows under way.</summary>
    Stopping,

    /// <summary>It waited too long to be started.</summary>
    Expired,

    /// <summary>It was stopped; what was imported stays.</summary>
    Stopped,

    /// <summary>It could not go on, or nothing could be imported.</summary>
    Failed,

    /// <summary>Every row was looked at.</summary>
    Succeeded,
}

/// <summary>How StartUserImportJob and StopUserImportJob ended.</summary>
public enum ImportCommand
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The job is in a state in which it can't be.</summary>
    WrongState,

    /// <summary>Nothing was uploaded.</summary>
    NoFile,

    /// <summary>Another job of the pool is under way.</summary>
    OtherUnderWay,
}

/// <summary>What a job says at its end. API_UserImportJobType.CompletionMessage, at most 128 characters.</summary>
public static class ImportMessages
{
    /// <summary>Every row was looked at.</summary>
    public const string Succeeded = "Import Job Completed Successfully.";

    /// <summary>No row became a user.</summary>
    public const string NoneImported = "Too many users have failed or been skipped during the import.";

    /// <summary>It was stopped.</summary>
    public const string Stopped = "The user import job has been stopped.";

    /// <summary>It waited too long.</summary>
    public const string Expired = "The user import job has expired.";

    /// <summary>A bug of this server.</summary>
    public const string InternalError = "The user import job has failed due to an internal error.";
}
