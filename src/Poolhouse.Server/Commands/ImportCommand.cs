using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Commands.Import;
using Poolhouse.Storage;

namespace Poolhouse.Server.Commands;

/// <summary>
/// <c>poolhouse import FILE</c>: users of a CSV or JSON lines file, with the hashes of their passwords, into a pool; beside servers that run. A
/// command that was killed is started again with <c>--resume</c> and goes on behind the last row that counts.
/// </summary>
internal static class ImportCommand
{
    private const int AllDone = 0;
    private const int SomeFailed = 1;
    private const int NotDone = 2;
    private const int PageSize = 1_000;

    // SQLite's busy handler looks at least every 100 ms: so long a pause is seen by everybody who waits.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(110);

    // A pool that was empty has other plans than one with so many users.
    private static readonly long[] Growths = [1_000, 10_000];

    /// <summary>Does it and says what came of it.</summary>
    /// <returns>0 where every row became a user, 1 where some did not, 2 where the import could not run to its end.</returns>
    /// <param name="args">Its own options and the server's.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="environment">Development, Production, …; null takes DOTNET_ENVIRONMENT.</param>
    /// <param name="ct">Stops it between two steps.</param>
    /// <exception cref="StartupException">The options, or the file's header, can't be used.</exception>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, string? environment = null, CancellationToken ct = default)
    {
        var arguments = new CommandArguments(args);
        var options = ImportOptions.Take(arguments);
        await using var app = await ServerBuilder.BuildAsync(
            // Standard output is for the result.
            arguments.Left, environment, services => services.Configure<ConsoleLoggerOptions>(logger => logger.LogToStandardErrorThreshold = LogLevel.Trace));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        try
        {
            return await RunAsync(app.Services, options, console, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Stopped before anything was imported.");
            return NotDone;
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            await console.Error.WriteLineAsync($"{failure.Message} What was imported stays; go on with --resume.");
            return NotDone;
        }
    }

    private static async Task<int> RunAsync(IServiceProvider services, ImportOptions options, CommandConsole console, CancellationToken ct)
    {
        var database = services.GetRequiredService<IDatabase>();
        var (clock, random) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IRandom>());
        var poolId = options.Pool is { } id ? new PoolId(id) : services.GetRequiredService<Bootstrap>().PoolId;
        if (await database.ReadAsync(stores => stores.Pools.FindAsync(poolId, ct), ct) is not { } pool) throw new StartupException($"There is no user pool {poolId}.");
        using var file = ImportFile.Open(options.File, options.Format);
        // Before anything is kept: a header that can't be used is no import.
        var first = await file.RecordsAsync(pool, options, 0, 1, ct);
        var rows = new LocalRows(pool, options.AllowsPlainPasswords, options.Firebase, random);
        var seen = new SeenNames(pool);
        var import = await BeginAsync(database, pool, options, await file.DigestAsync(ct), clock, ct);
        if (import.Position > 0) await LocalImportRun.RememberAsync(rows, first, seen, import.Position, clock.GetUtcNow(), ct);
        var records = import.Position > 0 ? await file.RecordsAsync(pool, options, import.Position, import.Line, ct) : first;
        var run = new LocalImportRun(database, services.GetRequiredService<Credentials>(), rows, records, seen, clock, random, import);
        var progress = new ImportProgress(console, clock, file.Length, import.Position);
        await using var report = await ImportReport.BeginAsync(options.Report, console);

        var maintenance = services.GetRequiredService<IDatabaseMaintenance>();
        var isComplete = import.EndedAt is not null;
        var step = LocalStep.Advanced;
        await progress.RunAsync(async () =>
        {
            while (!isComplete && step == LocalStep.Advanced && !ct.IsCancellationRequested)
            {
                var (begun, before) = (clock.GetTimestamp(), run.Import.Imported);
                if (options.IsDryRun)
                {
                    var (failures, isEnd) = await run.TryStepAsync(CancellationToken.None);
                    foreach (var failure in failures) await report.AddAsync(failure);
                    isComplete = isEnd;
                }
                else
                {
                    step = await run.StepAsync(CancellationToken.None);
                    isComplete = step == LocalStep.Finished;
                    if (Growths.Any(growth => before < growth && run.Import.Imported >= growth)) await maintenance.RefreshStatisticsAsync(CancellationToken.None);
                    if (!isComplete) await PauseAsync(database, clock, clock.GetElapsedTime(begun), ct);
                }

                progress.Tell(run.Import.Position, run.Import.Imported + run.Import.Failed - import.Imported - import.Failed, run.Import.Failed);
            }
        });
        if (step == LocalStep.Lost)
        {
            await console.Error.WriteLineAsync("Another command imports the same file into the pool.");
            return NotDone;
        }

        if (!options.IsDryRun) await WriteFailuresAsync(database, run.Import, report);
        await report.EndAsync();
        await ConcludeAsync(options, console, run.Import, isComplete, progress.Elapsed);
        return !isComplete ? NotDone : run.Import.Failed > 0 ? SomeFailed : AllDone;
    }

    private static async Task<LocalImport> BeginAsync(IDatabase database, UserPool pool, ImportOptions options, string digest, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var import = new LocalImport { PoolId = pool.Id, Digest = digest, StartedAt = now };
        if (options.IsDryRun) return import;
        if (options.IsResuming && await database.ReadAsync(stores => stores.LocalImports.FindAsync(pool.Id, digest, ct), ct) is { } found) return found;
        if (await database.WriteAsync(unit => unit.LocalImports.BeginAsync(import, now, ct), ct)) return import;
        throw new StartupException("An import of this file into the pool was begun and has not ended: add --resume to go on with it.");
    }

    /// <summary>Leaves the file of SQLite to a server beside for a while: who waits for its lock looks again and again, and must find it free.</summary>
    private static async Task PauseAsync(IDatabase database, TimeProvider clock, TimeSpan step, CancellationToken ct)
    {
        if (database is not SqliteDatabase) return;
        await Task.Delay(step / 2 < LongestPause ? step / 2 : LongestPause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task WriteFailuresAsync(IDatabase database, LocalImport import, ImportReport report)
    {
        for (var after = 0L; ;)
        {
            var page = await database.ReadAsync(stores => stores.LocalImports.ListFailuresAsync(import, after, PageSize, CancellationToken.None), CancellationToken.None);
            foreach (var failure in page) await report.AddAsync(failure);
            if (page.Count < PageSize) return;
            after = page[^1].Line;
        }
    }

    private static async Task ConcludeAsync(ImportOptions options, CommandConsole console, LocalImport import, bool isComplete, TimeSpan elapsed)
    {
        if (options.AnswersJson)
        {
            var result = new ImportResult(import.PoolId.Value, import.Imported, import.Failed, isComplete, options.IsDryRun, Math.Round(elapsed.TotalSeconds, 1));
            await console.Out.WriteLineAsync(JsonSerializer.Serialize(result, ImportJson.Default.ImportResult));
        }
        else
        {
            await console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{import.PoolId}: {import.Imported:N0} users {(options.IsDryRun ? "can be imported" : "imported")}, {import.Failed:N0} rows failed, {elapsed.TotalSeconds:N1} seconds"));
        }

        if (!isComplete) await console.Error.WriteLineAsync($"Stopped before line {import.Line}.{(options.IsDryRun ? "" : " What was imported stays; go on with --resume.")}");
        if (import.Failed > 0 && options.Report is { } report) await console.Error.WriteLineAsync($"{report} has the rows that failed.");
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}
