using System.Diagnostics;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>What sessions do when the database stands still, with and without Redis beside it.</summary>
[Collection(Alone.Name)]
public sealed class PausedDatabaseTests(PausedDatabaseFixture fixture, RedisFixture redis) : IClassFixture<PausedDatabaseFixture>, IClassFixture<RedisFixture>
{
    // The server's budget is 250 ms; the rest is for a machine that runs other tests too.
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(650);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_knows_is_neither_yes_nor_no_and_is_said_in_time(bool withRedis)
    {
        var database = fixture.Database;
        ISessionStore store = withRedis ? await redis.StoreAsync(database) : new DatabaseSessionStore(database, TimeProvider.System);
        var key = SessionId.New(new SystemRandom()).Key;
        (await store.FindAsync(key, DateTimeOffset.UnixEpoch, Ct)).ShouldBeNull();

        await fixture.Server.PauseAsync();
        if (withRedis) (await redis.ServerAsync()).Pause();
        try
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var watch = Stopwatch.StartNew();
                await Should.ThrowAsync<SessionStoreUnavailableException>(async () => await store.FindAsync(key, DateTimeOffset.UnixEpoch, Ct));
                watch.Elapsed.ShouldBeLessThan(Budget);
            }

            await Should.ThrowAsync<SessionStoreUnavailableException>(
                async () => await store.RevokeAsync(new AccountId("a"), key, DateTimeOffset.UnixEpoch, Ct));
        }
        finally
        {
            if (withRedis) (await redis.ServerAsync()).Continue();
            await fixture.Server.ContinueAsync();
        }

        (await AnswersAsync(store, key)).ShouldBeNull();
    }

    // Connections that were in use while it stood still may end with it; what comes after has others.
    private static async Task<FoundSession?> AnswersAsync(ISessionStore store, SessionKey key)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await store.FindAsync(key, DateTimeOffset.UnixEpoch, Ct);
            }
            catch (SessionStoreUnavailableException) when (attempt < 40)
            {
                await Task.Delay(50, Ct);
            }
        }
    }
}

/// <summary>A PostgreSQL of the class's own, which it may hold still.</summary>
public sealed class PausedDatabaseFixture : DatabaseFixture
{
    private PostgresServer? server;

    internal PostgresServer Server => server!;

    protected override async Task<string?> CreateAsync()
    {
        server = await PostgresServer.StartOwnAsync();
        return server is null ? null : await server.CreateEmptyDatabaseAsync();
    }
}
