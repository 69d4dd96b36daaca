using Microsoft.Data.Sqlite;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public sealed class SqliteDatabaseTests(SqliteFixture fixture) : StoreTests(fixture), IClassFixture<SqliteFixture>
{
    [Fact]
    public void The_library_knows_returning()
    {
        Version.Parse(SqliteDatabase.Version).ShouldBeGreaterThanOrEqualTo(new Version(3, 35, 5));
    }

    [Fact]
    public void A_database_in_memory_is_refused()
    {
        Should.Throw<ArgumentException>(() => DatabaseFactory.Create("Data Source=:memory:", TestSealer.Instance, TimeProvider.System));
    }

    [Fact]
    public async Task A_unit_that_awaits_something_foreign_is_refused_and_cannot_write_later()
    {
        var pool = NewPool();
        var late = new TaskCompletionSource<Exception?>();

        await Should.ThrowAsync<InvalidOperationException>(async () => await WriteAsync(async unit =>
        {
            await Task.Delay(10);
            try
            {
                return await unit.Pools.CreateAsync(pool, Ct);
            }
            catch (InvalidOperationException exception)
            {
                late.SetResult(exception);
                throw;
            }
        }));

        (await late.Task).ShouldNotBeNull();
        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Ambient_values_of_the_caller_reach_its_unit()
    {
        var local = new AsyncLocal<int> { Value = 7 };

        (await WriteAsync(_ => ValueTask.FromResult(local.Value))).ShouldBe(7);
    }

    [Fact]
    public async Task What_was_answered_survives_a_kill_and_what_was_not_leaves_no_trace()
    {
        var answered = await PoolAsync();
        var unanswered = NewPool();
        var copy = fixture.Path + ".killed";

        // The files as a kill would leave them in the middle of a unit: the log holds what is committed, and maybe more.
        await WriteAsync(async unit =>
        {
            await unit.Pools.CreateAsync(unanswered, Ct);
            for (var i = 0; i < 2000; i++) await unit.Settings.PutAsync($"{i}", new string('x', 40_000), Ct);
            foreach (var end in new[] { "", "-wal" }) CopyShared(fixture.Path + end, copy + end);
            unit.Abandon();
        });

        await using var revived = DatabaseFactory.Create($"Data Source={copy}", TestSealer.Instance, TimeProvider.System);
        await revived.MigrateAsync(Ct);
        (await revived.ReadAsync(stores => stores.Pools.FindAsync(answered.Id, Ct), Ct)).ShouldNotBeNull();
        (await revived.ReadAsync(stores => stores.Pools.FindAsync(unanswered.Id, Ct), Ct)).ShouldBeNull();
        (await revived.ReadAsync(stores => stores.Settings.FindAsync("0", Ct), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_closed_database_finishes_what_it_took_and_takes_no_more()
    {
        var path = fixture.Path + ".closed";
        var pools = Enumerable.Range(0, 100).Select(_ => NewPool()).ToList();
        var database = DatabaseFactory.Create($"Data Source={path}", TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        var writes = pools.Select(pool => database.WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct), Ct).AsTask()).ToList();

        await database.DisposeAsync();

        (await Task.WhenAll(writes)).ShouldAllBe(isCreated => isCreated);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await database.WriteAsync(unit => unit.Pools.CreateAsync(NewPool(), Ct), Ct));
        await using var again = DatabaseFactory.Create($"Data Source={path}", TestSealer.Instance, TimeProvider.System);
        (await again.ReadAsync(stores => stores.Pools.FindAsync(pools[^1].Id, Ct), Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_database_of_a_newer_program_that_serves_no_older_one_is_refused()
    {
        var path = fixture.Path + ".newer";
        await using var database = DatabaseFactory.Create($"Data Source={path}", TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await connection.OpenAsync(Ct);
            using var command = connection.CreateCommand();
            command.CommandText = "insert into schema_migrations (version, name, applied_at, serves) values (9998, 'later', 0, 9998), (9999, 'and later', 0, 0)";
            await command.ExecuteNonQueryAsync(Ct);
        }

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => database.MigrateAsync(Ct));

        refusal.Message.ShouldContain("9999");
    }

    [Fact]
    public async Task A_secret_under_a_lost_key_does_not_turn_into_none()
    {
        var path = fixture.Path + ".sealed";
        var pool = NewPool();
        var client = NewClient(pool) with { Secrets = [new ClientSecret("1", new Secret("s3cret"), Now)] };
        await using var database = DatabaseFactory.Create($"Data Source={path}", TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        await database.WriteAsync(async unit => await unit.Pools.CreateAsync(pool, Ct) && await unit.Clients.CreateAsync(client, Ct), Ct);

        await using var other = DatabaseFactory.Create($"Data Source={path}", TestSealer.WithKey('b'), TimeProvider.System);

        await Should.ThrowAsync<InvalidOperationException>(async () => await other.ReadAsync(stores => stores.Clients.FindAsync(client.Id, Ct), Ct));
        File.ReadAllText(path + "-wal").ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_secret_from_before_there_could_be_two_is_still_read()
    {
        var path = fixture.Path + ".older";
        var pool = NewPool();
        var client = NewClient(pool);
        await using var database = DatabaseFactory.Create($"Data Source={path}", TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(Ct);
        await database.WriteAsync(async unit => await unit.Pools.CreateAsync(pool, Ct) && await unit.Clients.CreateAsync(client, Ct), Ct);
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            await connection.OpenAsync(Ct);
            using var command = connection.CreateCommand();
            command.CommandText = "update clients set sealed_secret = @sealed";
            command.Parameters.AddWithValue(
                "sealed", TestSealer.Instance.Seal("s3cret"u8, SealPurpose.ClientSecret, System.Text.Encoding.UTF8.GetBytes(client.Id.Value)));
            await command.ExecuteNonQueryAsync(Ct);
        }

        var found = await database.ReadAsync(stores => stores.Clients.FindAsync(client.Id, Ct), Ct);

        found!.Secrets.Select(s => (s.Id, s.Value.Reveal(), s.CreatedAt)).ShouldBe([(client.Id.Value, "s3cret", client.CreatedAt)]);
    }

    private static void CopyShared(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
