using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>PostgreSQL behind a pooler that gives each transaction another connection.</summary>
public sealed class PgBouncerTests(PostgresFixture fixture) : StoreTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Migrations_reads_and_races_work_through_a_transaction_pooler()
    {
        var server = await PostgresServer.FindAsync();
        _ = Database;
        await using var pooler = await PgBouncer.StartAsync(await server!.CreateEmptyDatabaseAsync());
        await using var database = new PostgresDatabase(pooler.ConnectionString, TestSealer.Instance, TimeProvider.System);
        await Task.WhenAll(database.MigrateAsync(Ct), database.MigrateAsync(Ct));
        var pool = NewPool();
        await database.WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct), Ct);

        var counts = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Run(async () =>
        {
            (await database.ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct), Ct)).ShouldNotBeNull();
            return await database.WriteAsync(unit => unit.Attempts.CountAsync("a", TimeSpan.FromHours(1), Now, Ct), Ct);
        })));

        counts.Order().ShouldBe(Enumerable.Range(1, Racers));
    }
}
