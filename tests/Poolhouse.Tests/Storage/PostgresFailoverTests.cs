using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Poolhouse.Core.Stores;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>What becomes of reads and writes when a primary dies, or stands still, and its standby takes over.</summary>
[Collection(Alone.Name)]
public sealed class PostgresFailoverTests
{
    // Of the server's own: connections are given up after these, which a test can't wait for at their real length.
    private const string Quick = "Timeout=2;Command Timeout=2";

    // A standby is promoted within a second here; the rest is finding it.
    private static readonly TimeSpan GoesOn = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_go_on_with_the_promoted_standby_and_nothing_acknowledged_is_lost()
    {
        await using var pair = await PostgresPair.StartAsync();
        await using var database = await OpenAsync(await pair.CreateEmptyDatabaseAsync(Quick));
        var acknowledged = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(writer => WriteOnAsync(writer)).ToList();
        while (acknowledged.Count < 200) await Task.Delay(10, Ct);

        await pair.KillPrimaryAsync();
        var before = acknowledged.Count;
        var watch = Stopwatch.StartNew();
        await pair.PromoteAsync();
        while (acknowledged.Count < before + 200 && watch.Elapsed < GoesOn) await Task.Delay(10, Ct);
        var took = watch.Elapsed;
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        took.ShouldBeLessThan(GoesOn);
        foreach (var key in acknowledged) (await FindAsync(database, key)).ShouldBe("x", key);

        async Task WriteOnAsync(int writer)
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                try
                {
                    await PutAsync(database, $"{writer}/{i}");
                    acknowledged.Enqueue($"{writer}/{i}");
                }
                catch (NpgsqlException)
                {
                    // Its commit was under way: nobody knows.
                }
            }
        }
    }

    [Fact]
    public async Task A_unit_whose_server_died_before_its_commit_runs_again_and_a_read_is_asked_again()
    {
        await using var pair = await PostgresPair.StartAsync();
        await using var database = await OpenAsync(await pair.CreateEmptyDatabaseAsync(Quick));
        var (writes, reads) = (0, 0);
        var isGone = new TaskCompletionSource();
        var writing = database.WriteAsync(
            async unit =>
            {
                await unit.Settings.PutAsync("a", $"{++writes}", Ct);
                await isGone.Task;
                await unit.Settings.PutAsync("b", $"{writes}", Ct);
                return true;
            },
            Ct).AsTask();
        var reading = database.ReadAsync(
            async stores =>
            {
                reads++;
                await isGone.Task;
                return await stores.Settings.FindAsync("c", Ct);
            },
            Ct).AsTask();
        while (writes == 0 || reads == 0) await Task.Delay(10, Ct);

        await pair.KillPrimaryAsync();
        isGone.SetResult();
        await pair.PromoteAsync();

        await writing;
        (await reading).ShouldBeNull();
        (writes, reads).ShouldBe((2, 2));
        (await FindAsync(database, "a")).ShouldBe("2");
        (await FindAsync(database, "b")).ShouldBe("2");
    }

    [Fact]
    public async Task A_unit_whose_commit_was_sent_is_not_run_again()
    {
        await using var pair = await PostgresPair.StartAsync();
        await using var database = await OpenAsync(await pair.CreateEmptyDatabaseAsync(Quick));
        var runs = 0;
        // The commit waits for the standby, which stands still.
        await pair.Standby!.PauseAsync();
        var writing = database.WriteAsync(
            async unit =>
            {
                await unit.Settings.PutAsync("a", $"{++runs}", Ct);
                return true;
            },
            Ct).AsTask();
        while (!await pair.Primary.AnyAsync("select from pg_stat_activity where wait_event = 'SyncRep'")) await Task.Delay(10, Ct);

        await pair.KillPrimaryAsync();
        await pair.Standby.ContinueAsync();
        await pair.PromoteAsync();

        await Should.ThrowAsync<NpgsqlException>(writing);
        runs.ShouldBe(1);
        await PutAsync(database, "b");
    }

    [Fact]
    public async Task A_primary_that_stands_still_is_left_for_the_promoted_standby_and_not_gone_back_to()
    {
        await using var pair = await PostgresPair.StartAsync();
        var settings = await pair.CreateEmptyDatabaseAsync(Quick);
        await using var database = await OpenAsync(settings);
        var former = pair.Primary;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var events = new Events();
        var watching = database.WatchAsync(events, end.Token);
        await PutAsync(database, "a");

        await former.PauseAsync();
        await pair.PromoteAsync();
        var watch = Stopwatch.StartNew();
        while (events.Primaries.IsEmpty) await Task.Delay(10, Ct);
        await PutAsync(database, "b");
        var took = watch.Elapsed;
        await former.ContinueAsync();

        // The watch asks each second, and waits two for the answer.
        took.ShouldBeLessThan(TimeSpan.FromSeconds(3) + GoesOn);
        events.Primaries.ShouldContain($"127.0.0.1:{pair.Primary.Port}");
        await PutAsync(database, "c");
        (await FindAsync(database, "b")).ShouldBe("x");
        // Both say that they are the primary now; a node that starts takes the one that was promoted.
        await using var another = new PostgresDatabase(settings, TestSealer.Instance, TimeProvider.System);
        (await FindAsync(another, "c")).ShouldBe("x");
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(watching);
    }

    [Fact]
    public async Task Where_no_server_answers_it_is_said_in_time_and_at_once_when_it_has_lasted()
    {
        var port = Ports.Free();
        await using var database = new PostgresDatabase($"Host=127.0.0.1:{port},127.0.0.1:{Ports.Free()};Username=postgres;Database=x", TestSealer.Instance, TimeProvider.System);

        var watch = Stopwatch.StartNew();
        await Should.ThrowAsync<NpgsqlException>(async () => await FindAsync(database, "a"));

        watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(7));
        (await database.IsReachableAsync(Ct)).ShouldBeFalse();
        watch.Restart();
        await Should.ThrowAsync<NpgsqlException>(async () => await FindAsync(database, "a"));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
    }

    private static async Task<PostgresDatabase> OpenAsync(string settings)
    {
        var database = new PostgresDatabase(settings, TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        return database;
    }

    private static async Task PutAsync(Database database, string key) => await database.WriteAsync(
        async unit =>
        {
            await unit.Settings.PutAsync(key, "x", Ct);
            return true;
        },
        Ct);

    private static ValueTask<string?> FindAsync(Database database, string key) => database.ReadAsync(stores => stores.Settings.FindAsync(key, Ct), Ct);

    private sealed class Events : IDatabaseEvents
    {
        public ConcurrentQueue<string> Primaries { get; } = new();

        public void OnConfigurationChanged()
        {
        }

        public void OnPrimary(string name) => Primaries.Enqueue(name);

        public void OnPrimaryLost(Exception failure)
        {
        }
    }
}
