using System.Text;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Core.Imports.Local;

/// <summary>A command that dies anywhere leaves whole steps, and the next one goes on behind them.</summary>
public abstract class LocalImportRunTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private const int People = 600;

    [Fact]
    public async Task Another_command_goes_on_behind_the_last_step_and_the_first_one_finds_itself_replaced()
    {
        var pool = await PoolAsync();
        var import = await BeginAsync(pool);
        var first = await RunAsync(pool, import);
        (await first.StepAsync(Ct)).ShouldBe(LocalStep.Advanced);
        var kept = (await FindAsync(import))!;
        (kept.Imported + kept.Failed).ShouldBeInRange(1, People - 1);
        kept.ShouldBe(first.Import);

        var second = await RunAsync(pool, kept);
        while (await second.StepAsync(Ct) == LocalStep.Advanced) { }
        (await first.StepAsync(Ct)).ShouldBe(LocalStep.Lost);
        (await second.StepAsync(Ct)).ShouldBe(LocalStep.Lost, "It has ended.");

        var ended = (await FindAsync(import))!;
        (ended.Imported, ended.Failed).ShouldBe((People - 6, 6));
        ended.EndedAt.ShouldNotBeNull();
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(People - 6);
        var failures = await ReadAsync(stores => stores.LocalImports.ListFailuresAsync(ended, 0, 1_000, Ct));
        failures.Select(f => (f.Line, f.Key, f.Code)).ShouldBe(Enumerable.Range(1, 6).Select(i => ((long)(i * 100) + 1, (string?)"person0", "DUPLICATE_IN_FILE")));
        failures.ShouldAllBe(f => f.Why.Contains("line 2"));
        (await ReadAsync(stores => stores.LocalImports.ListFailuresAsync(ended, 301, 2, Ct))).Select(f => f.Line).ShouldBe([401, 501]);
    }

    [Fact]
    public async Task Commands_at_once_take_no_row_twice()
    {
        var pool = await PoolAsync();
        var import = await BeginAsync(pool);
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(pool, import)));

        await Task.WhenAll(runs.Select(run => Task.Run(async () => { while (await run.StepAsync(Ct) == LocalStep.Advanced) { } }, Ct)));

        var ended = (await FindAsync(import))!;
        (ended.Imported, ended.Failed).ShouldBe((People - 6, 6));
        ended.EndedAt.ShouldNotBeNull();
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(People - 6);
    }

    [Fact]
    public async Task Only_one_command_begins_and_an_import_that_ended_makes_room()
    {
        var pool = await PoolAsync();
        var import = NewImport(pool);

        var began = await RaceAsync((unit, _) => unit.LocalImports.BeginAsync(import, Now, Ct));
        began.Count(b => b).ShouldBe(1);
        await WriteAsync(async unit =>
        {
            await unit.LocalImports.AddFailureAsync(import, new LocalFailure(7, null, "NOT_UTF8", "why"), Ct);
            return await unit.LocalImports.AdvanceAsync(import with { Imported = 3, Failed = 1, Position = 99, Line = 9, EndedAt = Now }, Ct);
        });
        (await WriteAsync(unit => unit.LocalImports.HoldAsync(import with { Position = 99, Line = 9 }, Now, Ct))).ShouldBeFalse();

        (await WriteAsync(unit => unit.LocalImports.BeginAsync(import, Now, Ct))).ShouldBeTrue();
        (await FindAsync(import)).ShouldBe(import);
        (await ReadAsync(stores => stores.LocalImports.ListFailuresAsync(import, 0, 10, Ct))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_is_forgotten_a_week_after_its_last_step()
    {
        var pool = await PoolAsync();
        var import = NewImport(pool);
        await WriteAsync(unit => unit.LocalImports.BeginAsync(import, Now, Ct));
        await WriteAsync(unit => unit.LocalImports.AddFailureAsync(import, new LocalFailure(7, "ann", "NOT_UTF8", "why"), Ct));

        await Database.RemoveExpiredAsync(Now + LocalImport.Memory - TimeSpan.FromSeconds(1), Ct);
        (await FindAsync(import)).ShouldNotBeNull();
        await Database.RemoveExpiredAsync(Now + LocalImport.Memory, Ct);

        (await FindAsync(import)).ShouldBeNull();
        (await ReadAsync(stores => stores.LocalImports.ListFailuresAsync(import, 0, 10, Ct))).ShouldBeEmpty();
    }

    private static LocalImport NewImport(UserPool pool) => new() { PoolId = pool.Id, Digest = NewId(), StartedAt = Now };

    private ValueTask<LocalImport?> FindAsync(LocalImport import) => ReadAsync(stores => stores.LocalImports.FindAsync(import.PoolId, import.Digest, Ct));

    private async Task<LocalImport> BeginAsync(UserPool pool)
    {
        var import = NewImport(pool);
        (await WriteAsync(unit => unit.LocalImports.BeginAsync(import, Now, Ct))).ShouldBeTrue();
        return import;
    }

    // As the command has it: every hundredth row has the first one's name.
    private async Task<LocalImportRun> RunAsync(UserPool pool, LocalImport import)
    {
        var csv = Encoding.UTF8.GetBytes("username\n" + string.Concat(Enumerable.Range(0, People).Select(i => i % 100 == 99 ? "person0\n" : $"person{i}\n")));
        Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> read = (position, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(csv.AsMemory((int)position));
        var random = new SystemRandom();
        var rows = new LocalRows(pool, allowsPlainPasswords: false, firebase: null, random);
        var seen = new SeenNames(pool);
        await LocalImportRun.RememberAsync(rows, (await CsvRecords.OpenAsync(pool, read, 0, 1, Ct)).Records!, seen, import.Position, Now, Ct);
        var (records, problem) = await CsvRecords.OpenAsync(pool, read, import.Position, import.Line, Ct);
        problem.ShouldBeNull();
        return new LocalImportRun(Database, credentials: null!, rows, records!, seen, new ManualTime(Now), random, import);
    }
}

public sealed class SqliteLocalImportRunTests(SqliteFixture fixture) : LocalImportRunTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresLocalImportRunTests(PostgresFixture fixture) : LocalImportRunTests(fixture), IClassFixture<PostgresFixture>;
