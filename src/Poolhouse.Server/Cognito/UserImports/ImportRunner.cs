using System.Data.Common;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>
/// Works on import jobs, one at a time on each node. A job is leased: what a node had when it died is taken up by another, or by the same
/// after its restart, once the lease ends.
/// </summary>
internal sealed partial class ImportRunner(
    IDatabase database, Catalog catalog, IRandom random, TimeProvider clock, ImportSignal signal, ImportLog log, ILogger<ImportRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string _owner = random.UuidText();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeated.RunAsync(RunAllAsync, (isDone, ct) => signal.WaitAsync(isDone ? Poll : Pause, ct), LogFailed, stoppingToken);

    private async Task RunAllAsync(CancellationToken ct)
    {
        while (await LeaseAsync(ct) is { } run) await RunAsync(run, ct);
    }

    private async Task<ImportRun?> LeaseAsync(CancellationToken ct)
    {
        // Looked for by reading first: an idle node should not write every second.
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(stores => stores.Imports.IsAnyDueAsync(now, ct), ct)) return null;
        var job = await database.WriteAsync(unit => unit.Imports.LeaseAsync(_owner, ImportRun.Lease, now, ct), ct);
        return job is null ? null : new ImportRun(database, catalog, random, clock, _owner, job);
    }

    private async Task RunAsync(ImportRun run, CancellationToken ct)
    {
        LogTaken(run.Job.Id, run.Job.PoolId, run.Job.Line);
        try
        {
            ImportStep step;
            while ((step = await run.StepAsync(ct)) == ImportStep.Advanced)
                foreach (var line in run.Lines) LogLine(run.Job.Id, line);
            if (step == ImportStep.Lost) return;
            await log.WriteAsync(run.Job, ct);
            if (await run.EndAsync(ct)) LogEnded(run.Job.Id, run.Job.PoolId, run.Job.Imported, run.Job.Skipped, run.Job.Failed);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await run.ReleaseAsync(CancellationToken.None);
            throw;
        }
        catch (Exception bug) when (bug is not (DbException or OperationCanceledException))
        {
            LogBug(bug, run.Job.Id);
            await run.GiveUpAsync(ct);
        }
    }

    [LoggerMessage(EventIds.ImportTaken, LogLevel.Information, "Import job {Job} of pool {Pool} goes on at line {Line}.")]
    private partial void LogTaken(string job, PoolId pool, long line);

    [LoggerMessage(EventIds.ImportLine, LogLevel.Debug, "Import job {Job}: {Line}")]
    private partial void LogLine(string job, string line);

    [LoggerMessage(EventIds.ImportEnded, LogLevel.Information, "Import job {Job} of pool {Pool} ended: {Imported} users imported, {Skipped} skipped, {Failed} failed.")]
    private partial void LogEnded(string job, PoolId pool, long imported, long skipped, long failed);

    [LoggerMessage(EventIds.ImportBug, LogLevel.Error, "Import job {Job} failed because of an error of the server.")]
    private partial void LogBug(Exception bug, string job);

    [LoggerMessage(EventIds.ImportsFailed, LogLevel.Warning, "Import jobs can't go on; it is tried again.")]
    private partial void LogFailed(Exception failure);
}
