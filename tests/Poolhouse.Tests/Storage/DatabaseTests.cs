using System.Text;
using Poolhouse.Core.Codes;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class DatabaseTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task An_abandoned_unit_answers_and_leaves_nothing()
    {
        var pool = NewPool();

        var answer = await WriteAsync(async unit =>
        {
            await unit.Pools.CreateAsync(pool, Ct);
            unit.Abandon();
            return 42;
        });

        answer.ShouldBe(42);
        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task A_unit_that_throws_hurts_no_other()
    {
        var pools = Enumerable.Range(0, Racers).Select(_ => NewPool()).ToList();

        var units = pools
            .Select((pool, i) => Task.Run(async () => await WriteAsync(async unit =>
            {
                await unit.Pools.CreateAsync(pool, Ct);
                if (i % 8 == 3) throw new NotFiniteNumberException();
                if (i % 8 == 5) unit.Abandon();
                return true;
            })))
            .ToList();
        await Task.WhenAll(units.Select(unit => unit.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var i = 0; i < pools.Count; i++)
        {
            var isStored = await ReadAsync(stores => stores.Pools.FindAsync(pools[i].Id, Ct)) is not null;
            isStored.ShouldBe(i % 8 is not (3 or 5));
            (units[i].Exception?.InnerException is NotFiniteNumberException).ShouldBe(i % 8 == 3);
        }
    }

    [Fact]
    public async Task A_unit_sees_what_it_wrote_and_nobody_else_does_before_it_ends()
    {
        var pool = NewPool();

        var isSeen = await WriteAsync(async unit =>
        {
            await unit.Pools.CreateAsync(pool, Ct);
            return await unit.Pools.FindAsync(pool.Id, Ct) is not null;
        });

        isSeen.ShouldBeTrue();
        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_row_without_its_owner_is_refused()
    {
        var stray = NewUser(NewPool(), "bob");

        await Should.ThrowAsync<System.Data.Common.DbException>(async () => await WriteAsync(unit => unit.Users.CreateAsync(stray, "bob", [], Ct)));
    }

    [Fact]
    public async Task A_cancelled_unit_leaves_nothing()
    {
        var pool = NewPool();
        using var cancellation = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () => await Database.WriteAsync(
            async unit =>
            {
                await unit.Pools.CreateAsync(pool, cancellation.Token);
                await cancellation.CancelAsync();
                return await unit.Pools.FindAsync(pool.Id, cancellation.Token);
            },
            cancellation.Token));

        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var pool = await PoolAsync();

        await Task.WhenAll(Database.MigrateAsync(Ct), Database.MigrateAsync(Ct));

        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldNotBeNull();
        (await Database.IsReachableAsync(Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_rows_whose_time_is_over_are_removed()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        var family = await FamilyAsync(user, await ClientAsync(pool));
        var spent = NewId();
        var code = new Code { PoolId = pool.Id, Sub = user.Sub, Purpose = CodePurpose.SignUp, Hash = [1], ExpiresAt = Now.AddHours(1) };
        await WriteAsync(unit => unit.Codes.PutAsync(code, Ct));
        await WriteAsync(unit => unit.Spent.SpendAsync(spent, Now.AddHours(1), Ct));

        await Database.RemoveExpiredAsync(Now.AddMinutes(59), Ct);
        (await ReadAsync(stores => stores.Spent.IsSpentAsync(spent, Ct))).ShouldBeTrue();
        (await Database.RemoveExpiredAsync(family.ExpiresAt.AddHours(23), Ct)).ShouldBeGreaterThanOrEqualTo(2);
        (await ReadAsync(stores => stores.Spent.IsSpentAsync(spent, Ct))).ShouldBeFalse();
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct))).ShouldNotBeNull();

        (await Database.RemoveExpiredAsync(family.ExpiresAt.AddDays(1), Ct)).ShouldBeGreaterThanOrEqualTo(1);
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct))).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"other","version":1,"tables":{}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":2,"tables":{}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":[]}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"schema_migrations":[]}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"settings":{}}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"settings":[{"key":"a"}]}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"settings":[{"key":"a","value":1}]}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"settings":[{"key":"a","value":"b","x; drop table users":1}]}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"settings":[{"key":"a","value":"b"},{"key":"a","value":"b"}]}}""")]
    [InlineData("""{"format":"poolhouse-snapshot","version":1,"tables":{"user_aliases":[{"pool_id":"a","attribute":"b","value":"c","sub":"d"}]}}""")]
    public async Task What_is_no_snapshot_changes_nothing(string text)
    {
        var pool = await PoolAsync();

        (await Database.RestoreSnapshotAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Ct)).ShouldBeFalse();

        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_reset_leaves_an_empty_database_that_works()
    {
        var pool = await PoolAsync();

        await Database.ResetAsync(Ct);

        (await ReadAsync(stores => stores.Pools.ListAsync(60, null, Ct))).Items.ShouldBeEmpty();
        await WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct));
    }
}

public sealed class DatabaseOnSqliteTests(SqliteFixture fixture) : DatabaseTests(fixture), IClassFixture<SqliteFixture>;

public sealed class DatabaseOnPostgresTests(PostgresFixture fixture) : DatabaseTests(fixture), IClassFixture<PostgresFixture>;
