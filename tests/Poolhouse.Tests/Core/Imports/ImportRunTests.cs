using System.Text;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Core.Imports;

/// <summary>Two nodes and one job: what one did when it died stays, and the other goes on behind it.</summary>
public abstract class ImportRunTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private const int People = 120;

    [Fact]
    public async Task Another_node_goes_on_at_the_row_after_the_last_one_kept()
    {
        var time = new ManualTime(Now);
        var (pool, job) = await StartedAsync(time, Rows(People));
        var first = await LeaseAsync("first", time);
        (await first!.StepAsync(Ct)).ShouldBe(ImportStep.Advanced);
        var kept = first.Job.Imported;
        kept.ShouldBeInRange(1, People - 1);
        (await LeaseAsync("second", time)).ShouldBeNull("The first one has it.");

        time.Advance(ImportRun.Lease);
        var second = await LeaseAsync("second", time);
        (await first.StepAsync(Ct)).ShouldBe(ImportStep.Lost);
        (await EndAsync(first)).ShouldBeFalse();
        while (await second!.StepAsync(Ct) == ImportStep.Advanced) { }
        (await EndAsync(second)).ShouldBeTrue();

        var ended = (await ReadAsync(stores => stores.Imports.FindAsync(pool.Id, job.Id, Ct)))!;
        (ended.State, ended.Imported, ended.Skipped, ended.Failed).ShouldBe((ImportState.Succeeded, People, 0, 0));
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(People);
        var lines = await LogAsync(ended);
        lines.ShouldBe(Enumerable.Range(2, People).Select(i => $"[SUCCEEDED] Line Number {i} - The import succeeded."));
        (await ReadAsync(stores => stores.Imports.FindChunkAsync(ended, 0, Ct))).ShouldBeNull("The file goes with the job's end.");
    }

    [Fact]
    public async Task Two_runs_of_one_lease_take_no_row_twice()
    {
        var time = new ManualTime(Now);
        var (pool, _) = await StartedAsync(time, Rows(People));
        var run = await LeaseAsync("node", time);
        var twin = Run("node", run!.Job, time);

        var steps = await Task.WhenAll(Task.Run(async () => await run.StepAsync(Ct), Ct), Task.Run(async () => await twin.StepAsync(Ct), Ct));

        steps.Order().ShouldBe([ImportStep.Advanced, ImportStep.Lost]);
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(Math.Max(run.Job.Imported, twin.Job.Imported));
        var winner = run.Job.Imported > 0 ? run : twin;
        while (await winner.StepAsync(Ct) == ImportStep.Advanced) { }
        (await EndAsync(winner)).ShouldBeTrue();
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(People);
    }

    [Fact]
    public async Task Only_one_node_gets_a_job()
    {
        var time = new ManualTime(Now);
        await StartedAsync(time, Rows(1));

        var leased = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => Task.Run(async () => await LeaseAsync($"node {i}", time), Ct)));

        leased.Count(run => run is not null).ShouldBe(1);
        var run = leased.First(r => r is not null)!;
        (await run.StepAsync(Ct)).ShouldBe(ImportStep.Advanced);
        (await run.StepAsync(Ct)).ShouldBe(ImportStep.Finished);
        (await EndAsync(run)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_job_that_is_to_stop_ends_before_the_next_rows()
    {
        var time = new ManualTime(Now);
        var (pool, job) = await StartedAsync(time, Rows(People));
        var run = (await LeaseAsync("node", time))!;
        await run.StepAsync(Ct);
        (await WriteAsync(unit => unit.Imports.StopAsync(pool.Id, job.Id, Ct))).ShouldBeTrue();

        (await run.StepAsync(Ct)).ShouldBe(ImportStep.Finished);
        (await EndAsync(run)).ShouldBeTrue();

        var ended = (await ReadAsync(stores => stores.Imports.FindAsync(pool.Id, job.Id, Ct)))!;
        (ended.State, ended.Imported).ShouldBe((ImportState.Stopped, run.Job.Imported));
        (await WriteAsync(unit => unit.Imports.StopAsync(pool.Id, job.Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_quotation_mark_that_nothing_closes_fails_the_job_behind_the_rows_before_it()
    {
        var time = new ManualTime(Now);
        var (pool, job) = await StartedAsync(time, Rows(3) + "\"x,y\n" + Rows(3));
        var run = (await LeaseAsync("node", time))!;

        (await run.StepAsync(Ct)).ShouldBe(ImportStep.Advanced);
        await run.ReleaseAsync(Ct);
        var next = (await LeaseAsync("other", time))!;
        (await next.StepAsync(Ct)).ShouldBe(ImportStep.Finished);
        (await EndAsync(next)).ShouldBeTrue();

        var ended = (await ReadAsync(stores => stores.Imports.FindAsync(pool.Id, job.Id, Ct)))!;
        (ended.State, ended.Imported, ended.Message).ShouldBe((ImportState.Failed, 3, "The CSV file could not be parsed at line 5."));
    }

    private async Task<(UserPool Pool, ImportJob Job)> StartedAsync(TimeProvider time, string rows)
    {
        var pool = NewPool() with { Settings = new PoolSettings { AutoVerifiedAttributes = ["email"] } };
        await WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct));
        var job = new ImportJob { PoolId = pool.Id, Id = "import-" + NewId(), Name = "job", RoleArn = "arn:aws:iam::000000000000:role/x", CreatedAt = Now };
        (await WriteAsync(unit => unit.Imports.CreateAsync(job, 50, Now, Ct))).ShouldBeTrue();
        var csv = string.Join(',', ImportHeader.Columns(pool)) + "\n" + rows;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        (await new ImportFiles(Database, new SystemRandom()).KeepAsync(job, content, 1_000_000, time, Ct)).ShouldBe(UploadOutcome.Kept);
        (await WriteAsync(unit => unit.Imports.StartAsync(pool.Id, job.Id, Now, Ct))).ShouldBe(ImportCommand.Done);
        return (pool, job);
    }

    private async Task<ImportRun?> LeaseAsync(string node, TimeProvider time) =>
        await WriteAsync(unit => unit.Imports.LeaseAsync(node, ImportRun.Lease, time.GetUtcNow(), Ct)) is { } job ? Run(node, job, time) : null;

    private ImportRun Run(string node, ImportJob job, TimeProvider time) => new(Database, new Catalog(Database, time), new SystemRandom(), time, node, job);

    private static async Task<bool> EndAsync(ImportRun run) => await run.EndAsync(Ct);

    private async Task<string[]> LogAsync(ImportJob job) =>
        [.. (await ReadAsync(stores => stores.Imports.ReadLogAsync(job, 0, Ct))).SelectMany(entry => entry.Text.Split('\n'))];

    // The tenth column is the address and the eleventh its flag.
    private static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i =>
        $",,,,,,,,,p{i}@example.com,true,,,,,,,,,false,p{i}\n"));
}

public sealed class SqliteImportRunTests(SqliteFixture fixture) : ImportRunTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresImportRunTests(PostgresFixture fixture) : ImportRunTests(fixture), IClassFixture<PostgresFixture>;
