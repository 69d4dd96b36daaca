using Npgsql;
using Poolhouse.Storage;
using Poolhouse.Storage.Maintenance;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>Steps of the schema: by one node while others wait, whole or not at all, and under programs of two versions.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-migration-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_wait_for_one_and_say_so()
    {
        var settings = await EmptyPostgresAsync();
        var waits = 0;
        var nodes = Enumerable.Range(0, 3).Select(_ => new PostgresDatabase(settings, TestSealer.Instance, TimeProvider.System)
        {
            OnMigrationWait = () => Interlocked.Increment(ref waits),
        }).ToList();

        // Held up until two have come to wait.
        var steps = Migration.All(Dialect.Postgres);
        foreach (var node in nodes) node.Known = [.. steps, new(9001, "9001-slow", "select pg_sleep(0.3);")];
        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.MigrateAsync(Ct), Ct)));

        waits.ShouldBe(2);
        foreach (var node in nodes) await node.DisposeAsync();
        (await CountAsync(settings, "select count(*) from schema_migrations")).ShouldBe(steps.Count + 1);
    }

    [Fact]
    public async Task A_node_that_dies_in_the_middle_leaves_nothing()
    {
        var settings = await EmptyPostgresAsync();
        await using var database = new PostgresDatabase(settings, TestSealer.Instance, TimeProvider.System);
        database.Known = [.. Migration.All(Dialect.Postgres), new(9001, "9001-endless", "select pg_sleep(600), 'endless';")];
        var migrating = database.MigrateAsync(Ct);
        while (await CountAsync(settings, "select count(*) from pg_stat_activity where datname = current_database() and query like '%endless%' and wait_event = 'PgSleep'") == 0)
            await Task.Delay(10, Ct);

        // What a node's death is to the server: its connection ends. Run again by itself it would sleep again, so it is told otherwise.
        database.Known = [.. Migration.All(Dialect.Postgres), new(9001, "9001-broken", "select 1 / 0;")];
        await CountAsync(settings, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and query like '%endless%' and wait_event = 'PgSleep'");

        await Should.ThrowAsync<PostgresException>(migrating);
        (await CountAsync(settings, "select count(*) from pg_tables where schemaname = 'public'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_program_serves_beside_one_that_knows_a_step_more_until_a_step_says_that_it_does_not(Engine engine)
    {
        var settings = engine == Engine.Postgres ? await EmptyPostgresAsync() : $"Data Source={Path.Combine(folder, "rolling.db")}";
        await using var older = DatabaseFactory.Create(settings, TestSealer.Instance, TimeProvider.System);
        await older.MigrateAsync(Ct);
        await using var newer = DatabaseFactory.Create(settings, TestSealer.Instance, TimeProvider.System);
        newer.Known = LaterSchema.Of(newer);

        await newer.MigrateAsync(Ct);

        await PutAsync(older, "a");
        await PutAsync(newer, "b");
        (await FindAsync(older, "b")).ShouldBe("x");
        (await FindAsync(newer, "a")).ShouldBe("x");
        // Also one that starts meanwhile, as after a crash.
        await older.MigrateAsync(Ct);
        newer.Known = [.. LaterSchema.Of(newer), new(9002, "9002-contract", $"-- serves: {LaterSchema.Version}\nalter table settings drop column {LaterSchema.Column};")];
        await newer.MigrateAsync(Ct);
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => older.MigrateAsync(Ct));
        refusal.Message.ShouldContain("9002");
        newer.Known = LaterSchema.Of(newer);
        await newer.MigrateAsync(Ct);
    }

    [Fact]
    public void Every_step_is_there_for_both_databases_and_serves_no_program_that_is_not_there_yet()
    {
        var sqlite = Migration.All(Dialect.Sqlite);
        var postgres = Migration.All(Dialect.Postgres);

        postgres.Select(step => (step.Name, step.Serves)).ShouldBe(sqlite.Select(step => (step.Name, step.Serves)));
        sqlite.ShouldAllBe(step => step.Serves <= step.Version);
    }

    private static async Task<string> EmptyPostgresAsync()
    {
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        return await server!.CreateEmptyDatabaseAsync();
    }

    private static async Task<long> CountAsync(string settings, string sql)
    {
        await using var connection = new NpgsqlConnection(settings + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task PutAsync(Database database, string key) => await database.WriteAsync(
        async unit =>
        {
            await unit.Settings.PutAsync(key, "x", Ct);
            return true;
        },
        Ct);

    private static ValueTask<string?> FindAsync(Database database, string key) => database.ReadAsync(stores => stores.Settings.FindAsync(key, Ct), Ct);
}
