using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Storage.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class UserCountTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task Many_users_are_estimated_from_the_first_of_them()
    {
        var pool = await PoolAsync();
        await PoolAsync();
        var random = new Random(1);
        var bytes = new byte[16];
        await WriteAsync(async unit =>
        {
            for (var i = 0; i < 600; i++)
            {
                random.NextBytes(bytes);
                await unit.Users.CreateAsync(NewUser(pool, $"u{i}") with { Sub = new Sub(new Guid(bytes).ToString()) }, $"u{i}", [], Ct);
            }
        });

        (await EstimateAsync(pool, 600)).ShouldBe(600);
        (await EstimateAsync(pool, 599)).ShouldBeInRange(580, 620);
        (await EstimateAsync(pool, 200)).ShouldBeInRange(500, 700);
    }

    [Fact]
    public async Task Users_whose_subs_are_not_random_are_counted()
    {
        var pool = await PoolAsync();
        for (var i = 0; i < 5; i++)
        {
            var user = NewUser(pool, $"u{i}") with { Sub = new Sub($"imported-{i}") };
            await WriteAsync(unit => unit.Users.CreateAsync(user, user.Username, [], Ct));
        }

        (await EstimateAsync(pool, 2)).ShouldBe(5);
    }

    [Fact]
    public async Task A_pool_without_users_has_none()
    {
        var pool = await PoolAsync();

        (await EstimateAsync(pool, 2)).ShouldBe(0);
    }

    private ValueTask<long> EstimateAsync(UserPool pool, int counted) =>
        ReadAsync(stores => ((UserStore)stores.Users).EstimateCountAsync(pool.Id, counted, Ct));
}

public sealed class UserCountOnSqliteTests(SqliteFixture fixture) : UserCountTests(fixture), IClassFixture<SqliteFixture>;

public sealed class UserCountOnPostgresTests(PostgresFixture fixture) : UserCountTests(fixture), IClassFixture<PostgresFixture>;
