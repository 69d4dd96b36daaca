using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Core.Pools;

/// <summary>How one node sees what another one changed.</summary>
public sealed class CatalogTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_on_another_node_is_seen_a_second_later_though_nobody_tells()
    {
        await using var here = await OpenAsync(await SharedAsync());
        await using var there = await OpenAsync(await SharedAsync());
        var clock = new ManualTime(Now);
        var catalog = new Catalog(here, clock);
        var pool = await PoolAsync(there);
        (await catalog.FindPoolAsync(pool.Id, Ct))!.Name.ShouldBe("before");

        await RenameAsync(there, pool);

        clock.Advance(TimeSpan.FromMilliseconds(999));
        (await catalog.FindPoolAsync(pool.Id, Ct))!.Name.ShouldBe("before");
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await catalog.FindPoolAsync(pool.Id, Ct))!.Name.ShouldBe("after");
    }

    [Fact]
    public async Task A_change_on_another_node_is_told_with_its_commit()
    {
        await using var here = await OpenAsync(await SharedAsync());
        await using var there = await OpenAsync(await SharedAsync());
        // It stands: what is remembered here never grows old.
        var catalog = new Catalog(here, new ManualTime(Now));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (told, listens) = (new Told(catalog), new Told(catalog));
        Task[] watching = [here.WatchAsync(told, end.Token), there.WatchAsync(listens, end.Token)];
        await told.UntilAsync(1);
        await listens.UntilAsync(1);
        var pool = await PoolAsync(there);
        await told.UntilAsync(2);
        (await catalog.FindPoolAsync(pool.Id, Ct))!.Name.ShouldBe("before");

        await RenameAsync(there, pool);
        await told.UntilAsync(3);
        (await catalog.FindPoolAsync(pool.Id, Ct))!.Name.ShouldBe("after");

        await end.CancelAsync();
        foreach (var each in watching) await Should.ThrowAsync<OperationCanceledException>(each);
    }

    // One database for both nodes of a test.
    private string? settings;

    private async Task<string> SharedAsync()
    {
        if (settings is not null) return settings;
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        return settings = await server!.CreateDatabaseAsync();
    }

    private static async Task<Database> OpenAsync(string settings)
    {
        var database = new PostgresDatabase(settings, TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        return database;
    }

    private static async Task<UserPool> PoolAsync(Database database)
    {
        var pool = new UserPool { Id = new PoolId("us-east-1_a"), Name = "before", CreatedAt = Now, ModifiedAt = Now, Settings = new PoolSettings() };
        (await database.WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct), Ct)).ShouldBeTrue();
        return pool;
    }

    private static async Task RenameAsync(Database database, UserPool pool) =>
        (await database.WriteAsync(unit => unit.Pools.UpdateAsync(pool with { Name = "after", ModifiedAt = Now.AddSeconds(1) }, pool.ModifiedAt, Ct), Ct)).ShouldBeTrue();

    private sealed class Told(Catalog catalog) : IDatabaseEvents
    {
        private int times;

        public async Task UntilAsync(int count)
        {
            while (Volatile.Read(ref times) < count) await Task.Delay(5, Ct);
        }

        public void OnConfigurationChanged()
        {
            catalog.Forget();
            Interlocked.Increment(ref times);
        }

        public void OnPrimary(string name)
        {
        }

        public void OnPrimaryLost(Exception failure)
        {
        }
    }
}
