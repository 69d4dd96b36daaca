using Poolhouse.Core.Events;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Imports;

/// <summary>What a step of a run came to.</summary>
public enum ImportStep
{
    /// <summary>Some rows are done; more may follow.</summary>
    Advanced,

    /// <summary>The job is to end now: <see cref="ImportRun.EndAsync"/>.</summary>
    Finished,

    /// <summary>Another node has the job, or it is gone. Nothing of this step was kept.</summary>
    Lost,
}

/// <summary>
/// One node's work on one job. A step takes some rows; the users, the count, the log and the place in the file are kept by one
/// transaction, which also asks whether the job is still this node's. So a node may die anywhere: another goes on at the row after the last
/// one kept, and no row is taken twice.
/// </summary>
/// <param name="database">Where users and job are.</param>
/// <param name="catalog">Pools.</param>
/// <param name="random">For subs.</param>
/// <param name="clock">For leases.</param>
/// <param name="owner">This node.</param>
/// <param name="job">As leased.</param>
public sealed class ImportRun(IDatabase database, Catalog catalog, IRandom random, TimeProvider clock, string owner, ImportJob job)
{
    /// <summary>How long a node that says nothing more keeps the job.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Quota of Cognito.</summary>
    public const long MaxUsers = 500_000;

    // SQLite does one transaction after another: this many rows are some 10 ms, and a sign-in waits for no more than that.
    private const int Rows = 50;

    private (ImportState State, string Message) _end;
    private string? _obstacle;
    private IReadOnlyList<string>? _header;
    private CsvReader? _reader;

    /// <summary>The job as far as this node brought it.</summary>
    public ImportJob Job { get; private set; } = job;

    /// <summary>The log lines of the last step.</summary>
    public IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>Takes the next rows.</summary>
    public async ValueTask<ImportStep> StepAsync(CancellationToken ct)
    {
        Lines = [];
        if (await catalog.FindPoolAsync(Job.PoolId, ct) is not { } pool) return ImportStep.Lost;
        if (await FindProblemAsync(pool, ct) is { } problem) return Finish(ImportState.Failed, problem);
        if (_obstacle is not null) return Finish(ImportState.Failed, _obstacle);
        var now = clock.GetUtcNow();
        var rows = new List<ImportedRow>(Rows);
        var (position, line) = (_reader!.Position, _reader.Line);
        while (rows.Count < Rows && await _reader.ReadAsync(ct) is { } row)
        {
            // What stands before the obstacle is kept first, and the place in front of it, where another node would find it again.
            if ((_obstacle = Obstacle(row, rows.Count)) is not null) break;
            rows.Add(ImportRows.Read(pool, Job, _header!, row, now, random));
            (position, line) = (_reader.Position, _reader.Line);
        }

        if (rows.Count == 0)
        {
            if (_obstacle is not null) return Finish(ImportState.Failed, _obstacle);
            return Job is { Imported: 0, Failed: > 0 }
                ? Finish(ImportState.Failed, ImportMessages.NoneImported)
                : Finish(ImportState.Succeeded, ImportMessages.Succeeded);
        }

        return await KeepAsync(pool, rows, Job with { Position = position, Line = line }, now, ct);
    }

    /// <summary>Ends the job as the last step said; false where another node has it.</summary>
    public ValueTask<bool> EndAsync(CancellationToken ct) =>
        database.WriteAsync(unit => unit.Imports.EndAsync(Job, owner, _end.State, _end.Message, clock.GetUtcNow(), ct), ct);

    /// <summary>Ends the job because of a bug: it would come to the same row again and again.</summary>
    public ValueTask<bool> GiveUpAsync(CancellationToken ct)
    {
        Finish(ImportState.Failed, ImportMessages.InternalError);
        return EndAsync(ct);
    }

    /// <summary>Lets another node go on at once.</summary>
    public ValueTask<bool> ReleaseAsync(CancellationToken ct) => database.WriteAsync(unit => unit.Imports.ReleaseAsync(Job, owner, ct), ct);

    private ImportStep Finish(ImportState state, string message)
    {
        _end = (state, message);
        return ImportStep.Finished;
    }

    /// <summary>Reads the header, at the first step of this node; what is wrong with it, or null.</summary>
    private async ValueTask<string?> FindProblemAsync(UserPool pool, CancellationToken ct)
    {
        if (_header is not null) return null;
        var reader = new CsvReader(ReadAsync);
        var first = await reader.ReadAsync(ct);
        if (ImportHeader.Check(pool, Job, first) is { } problem) return problem;
        _header = ImportHeader.Names(first!);
        _reader = Job.Position == 0 ? reader : new CsvReader(ReadAsync, Job.Position, Job.Line);
        return null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position, CancellationToken ct)
    {
        var chunk = await database.ReadAsync(stores => stores.Imports.FindChunkAsync(Job, (int)(position / ImportFiles.ChunkLength), ct), ct);
        var at = (int)(position % ImportFiles.ChunkLength);
        return chunk is null || at >= chunk.Length ? default : chunk.AsMemory(at);
    }

    private string? Obstacle(CsvRow row, int count)
    {
        if (row.Problem == CsvProblem.Unclosed) return $"The CSV file could not be parsed at line {row.Line}.";
        return Job.Imported + Job.Skipped + Job.Failed + count == MaxUsers ? "The CSV file has more than 500,000 users." : null;
    }

    private async ValueTask<ImportStep> KeepAsync(UserPool pool, List<ImportedRow> rows, ImportJob after, DateTimeOffset now, CancellationToken ct)
    {
        var (state, next, lines) = await database.WriteAsync<(ImportState? State, ImportJob Job, IReadOnlyList<string> Lines)>(async unit =>
        {
            // First, because it keeps the job to this node until the end of the transaction.
            if (await unit.Imports.HoldAsync(Job, owner, now + Lease, ct) is not { } held) return (null, Job, []);
            if (held == ImportState.Stopping) return (held, Job, []);
            var log = new List<string>(rows.Count);
            var counted = after with { State = held };
            foreach (var row in rows)
            {
                var problem = row.Problem;
                var isSkipped = false;
                if (row.User is { } user) (problem, isSkipped) = await AddAsync(unit, pool, user, ct);
                counted = problem is null ? counted with { Imported = counted.Imported + 1 }
                    : isSkipped ? counted with { Skipped = counted.Skipped + 1 } : counted with { Failed = counted.Failed + 1 };
                log.Add($"[{(problem is null ? "SUCCEEDED" : isSkipped ? "SKIPPED" : "FAILED")}] Line Number {row.Line} - {problem ?? "The import succeeded."}");
            }

            await unit.Imports.AdvanceAsync(counted, ct);
            await unit.Imports.AddLogAsync(Job, rows[0].Line, string.Join('\n', log), ct);
            return (held, counted, log);
        }, ct);
        if (state is null) return ImportStep.Lost;
        if (state == ImportState.Stopping) return Finish(ImportState.Stopped, ImportMessages.Stopped);
        (Job, Lines) = (next, lines);
        return ImportStep.Advanced;
    }

    private async ValueTask<(string? Problem, bool IsSkipped)> AddAsync(IUnitOfWork unit, UserPool pool, User user, CancellationToken ct)
    {
        switch (await unit.Users.CreateAsync(user, pool.Normalize(user.Username), AliasRules.Held(pool, user), ct))
        {
            case SaveUserOutcome.Saved:
                await unit.Events.AddAsync(UserEvent.Of(user, UserEventKind.SignedUp, null, user.CreatedAt, random), ct);
                return (null, false);
            case SaveUserOutcome.AliasTaken taken:
                // The other rows of the transaction stay, so this one is taken back by hand.
                await unit.Users.DeleteAsync(pool.Id, user.Sub, ct);
                return pool.UsernameAttributes.Contains(taken.Attribute)
                    ? ("The user already exists.", true)
                    : ($"Another user has the {taken.Attribute} as an alias.", false);
            default:
                return ("The user already exists.", true);
        }
    }
}
