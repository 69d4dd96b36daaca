using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

/// <summary>What the tests of every store share: a database, and short ways to fill it.</summary>
public abstract class StoreTests(DatabaseFixture fixture)
{
    protected const int Racers = 64;

    protected static DateTimeOffset Now { get; } = new(2026, 11, 20, 12, 0, 0, 123, TimeSpan.Zero);

    protected Database Database => fixture.Database;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A lease that a test lets end.</summary>
    protected static TimeSpan Brief { get; } = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// When a lease that began at <paramref name="begun"/> is over. PostgreSQL's clock counts there, and can't be moved: it is waited for, and the node's time
    /// stays, for a lease must end without it.
    /// </summary>
    protected async Task<DateTimeOffset> EndOfAsync(TimeSpan lease, DateTimeOffset? begun = null)
    {
        if (fixture is SqliteFixture) return (begun ?? Now) + lease;
        await Task.Delay(lease + TimeSpan.FromMilliseconds(10), Ct);
        return begun ?? Now;
    }

    protected static string NewId() => Guid.NewGuid().ToString();

    protected ValueTask<T> ReadAsync<T>(Func<IStores, ValueTask<T>> work) => Database.ReadAsync(work, Ct);

    protected ValueTask<T> WriteAsync<T>(Func<IUnitOfWork, ValueTask<T>> work) => Database.WriteAsync(work, Ct);

    protected ValueTask<bool> WriteAsync(Func<IUnitOfWork, ValueTask> work) => WriteAsync(async unit =>
    {
        await work(unit);
        return true;
    });

    /// <summary>The same write many times at once.</summary>
    protected Task<T[]> RaceAsync<T>(Func<IUnitOfWork, int, ValueTask<T>> work) =>
        Task.WhenAll(Enumerable.Range(0, Racers).Select(i => Task.Run(async () => await WriteAsync(unit => work(unit, i)), Ct)));

    protected static UserPool NewPool() => new()
    {
        Id = new PoolId($"us-east-1_{Guid.NewGuid():N}"[..20]),
        Name = "pool",
        CreatedAt = Now,
        ModifiedAt = Now,
        Settings = new PoolSettings(),
    };

    protected async Task<UserPool> PoolAsync()
    {
        var pool = NewPool();
        (await WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct))).ShouldBeTrue();
        return pool;
    }

    protected static AppClient NewClient(UserPool pool) => new()
    {
        Id = new ClientId(Guid.NewGuid().ToString("N")[..26]),
        PoolId = pool.Id,
        Name = "client",
        CreatedAt = Now,
        ModifiedAt = Now,
        Settings = new ClientSettings(),
    };

    protected async Task<AppClient> ClientAsync(UserPool pool)
    {
        var client = NewClient(pool);
        (await WriteAsync(unit => unit.Clients.CreateAsync(client, Ct))).ShouldBeTrue();
        return client;
    }

    protected static User NewUser(UserPool pool, string username, params (string Name, string Value)[] attributes) => new()
    {
        PoolId = pool.Id,
        Sub = new Sub(NewId()),
        Username = username,
        Status = UserStatus.Confirmed,
        Attributes = attributes.ToDictionary(a => a.Name, a => a.Value),
        CreatedAt = Now,
        ModifiedAt = Now,
    };

    protected async Task<User> UserAsync(UserPool pool, string username, params (string Name, string Value)[] attributes)
    {
        var user = NewUser(pool, username, attributes);
        (await WriteAsync(unit => unit.Users.CreateAsync(user, pool.Normalize(username), [], Ct))).ShouldBeOfType<SaveUserOutcome.Saved>();
        return user;
    }

    protected async Task<TokenFamily> FamilyAsync(User user, AppClient client)
    {
        var family = new TokenFamily
        {
            Id = NewId(),
            OriginJti = NewId(),
            PoolId = user.PoolId,
            ClientId = client.Id,
            Sub = user.Sub,
            AuthenticatedAt = Now,
            ExpiresAt = Now.AddDays(30),
            CurrentRefreshId = "r0",
        };
        await WriteAsync(unit => unit.Families.CreateAsync(family, Ct));
        return family;
    }
}
