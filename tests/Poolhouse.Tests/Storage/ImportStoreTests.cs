using Poolhouse.Core.Imports;
using Poolhouse.Core.Pools;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class ImportStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Uploads_and_the_start_race_for_a_job_and_one_whole_file_is_left()
    {
        var pool = await PoolAsync();
        var job = await CreateAsync(pool);
        for (var i = 0; i < Racers; i++)
        {
            var bytes = new[] { (byte)i };
            var upload = $"u{i}";
            (await WriteAsync(unit => unit.Imports.AddChunkAsync(job, upload, 0, bytes, Ct))).ShouldBeTrue();
        }

        (await UseAsync(job, "u0")).ShouldBeTrue();
        var outcomes = await RaceAsync(async (unit, i) => i == Racers / 2
            ? await unit.Imports.StartAsync(pool.Id, job.Id, Now, Ct) == ImportCommand.Done
            : await unit.Imports.UseUploadAsync(pool.Id, job.Id, $"u{i}", Now, Ct));

        outcomes[Racers / 2].ShouldBeTrue();
        var started = (await ReadAsync(stores => stores.Imports.FindAsync(pool.Id, job.Id, Ct)))!;
        var index = int.Parse(started.UploadId![1..], null);
        (await ReadAsync(stores => stores.Imports.FindChunkAsync(started, 0, Ct))).ShouldBe([(byte)index]);
        (index == 0 || outcomes[index]).ShouldBeTrue();
        (await UseAsync(job, "u1")).ShouldBeFalse();
        (await WriteAsync(unit => unit.Imports.AddChunkAsync(job, "late", 0, new byte[1], Ct))).ShouldBeFalse();
        await EndAsync();
    }

    [Fact]
    public async Task A_pool_has_as_many_jobs_as_it_may_however_many_are_made_at_once()
    {
        var pool = await PoolAsync();

        var made = await RaceAsync((unit, i) => unit.Imports.CreateAsync(New(pool, $"import-{i}"), 10, Now, Ct));

        made.Count(isMade => isMade).ShouldBe(10);
        (await ReadAsync(stores => stores.Imports.ListAsync(pool.Id, 60, null, Ct))).Items.Count.ShouldBe(10);
        (await WriteAsync(unit => unit.Imports.CreateAsync(New(pool, "import-later"), 10, Now + ImportJob.Patience, Ct))).ShouldBeTrue("The others have expired.");
        (await ReadAsync(stores => stores.Imports.ListAsync(pool.Id, 60, null, Ct))).Items.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Of_jobs_of_one_pool_started_at_once_one_starts()
    {
        var pool = await PoolAsync();
        var jobs = new List<ImportJob>();
        for (var i = 0; i < Racers; i++)
        {
            var job = await CreateAsync(pool);
            await WriteAsync(unit => unit.Imports.AddChunkAsync(job, "u", 0, new byte[1], Ct));
            (await UseAsync(job, "u")).ShouldBeTrue();
            jobs.Add(job);
        }

        var outcomes = await RaceAsync((unit, i) => unit.Imports.StartAsync(pool.Id, jobs[i].Id, Now, Ct));

        outcomes.Count(o => o == ImportCommand.Done).ShouldBe(1);
        outcomes.Count(o => o == ImportCommand.OtherUnderWay).ShouldBe(Racers - 1);
        (await ReadAsync(stores => stores.Imports.IsAnyUnderWayAsync(pool.Id, Ct))).ShouldBeTrue();
        await EndAsync();
    }

    [Fact]
    public async Task Jobs_and_files_go_with_their_pool()
    {
        var pool = await PoolAsync();
        var job = await CreateAsync(pool);
        await WriteAsync(unit => unit.Imports.AddChunkAsync(job, "u", 0, new byte[1], Ct));
        await UseAsync(job, "u");

        (await WriteAsync(unit => unit.Pools.DeleteAsync(pool.Id, Ct))).ShouldBeTrue();

        (await ReadAsync(stores => stores.Imports.FindAsync(pool.Id, job.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Imports.FindChunkAsync(job with { UploadId = "u" }, 0, Ct))).ShouldBeNull();
    }

    private async Task<ImportJob> CreateAsync(UserPool pool)
    {
        var job = New(pool, "import-" + NewId());
        (await WriteAsync(unit => unit.Imports.CreateAsync(job, 1_000, Now, Ct))).ShouldBeTrue();
        return job;
    }

    private static ImportJob New(UserPool pool, string id) => new() { PoolId = pool.Id, Id = id, Name = "job", RoleArn = "arn", CreatedAt = Now };

    private ValueTask<bool> UseAsync(ImportJob job, string upload) => WriteAsync(unit => unit.Imports.UseUploadAsync(job.PoolId, job.Id, upload, Now, Ct));

    // A job that is left under way would be another test's to lease.
    private async Task EndAsync()
    {
        var leased = (await WriteAsync(unit => unit.Imports.LeaseAsync("node", ImportRun.Lease, Now, Ct)))!;
        (await WriteAsync(unit => unit.Imports.EndAsync(leased, "node", ImportState.Stopped, "x", Now, Ct))).ShouldBeTrue();
        (await ReadAsync(stores => stores.Imports.FindChunkAsync(leased, 0, Ct))).ShouldBeNull();
    }
}

public sealed class SqliteImportStoreTests(SqliteFixture fixture) : ImportStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresImportStoreTests(PostgresFixture fixture) : ImportStoreTests(fixture), IClassFixture<PostgresFixture>;
