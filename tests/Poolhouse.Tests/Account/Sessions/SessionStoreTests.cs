using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.AccountSessions;
using Poolhouse.Storage.Redis;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>What every session store does, on each database with and without Redis in front of it.</summary>
public abstract class SessionStoreTests(DatabaseFixture fixture) : SessionScene(fixture)
{
    private static readonly SystemRandom Random = new();

    protected abstract ValueTask<ISessionStore> StoreAsync();

    [Fact]
    public async Task A_session_is_found_as_it_was_stored_with_its_user_and_family()
    {
        var store = await StoreAsync();
        var (session, user, family) = await SessionAsync(store, data: """{"cart":[1,2],"name":"Zoë"}""");

        for (var look = 0; look < 3; look++)
        {
            var found = (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
            found.Session.ShouldBe(session);
            found.User!.Sub.ShouldBe(user.Sub);
            found.Family!.Id.ShouldBe(family.Id);
            found.Family.RevokedAt.ShouldBeNull();
        }
    }

    [Fact]
    public async Task There_is_no_session_that_nobody_made()
    {
        var store = await StoreAsync();

        (await store.FindAsync(SessionId.New(Random).Key, Now, Ct)).ShouldBeNull();
        (await store.ChangeAsync(SessionId.New(Random).Key, session => session, Now, Ct)).ShouldBeNull();
        (await store.RevokeAsync(new AccountId(NewId()), SessionId.New(Random).Key, Now, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_ends_at_its_time()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);

        (await store.FindAsync(session.Key, session.ExpiresAt.AddMilliseconds(-1), Ct)).ShouldNotBeNull();
        (await store.FindAsync(session.Key, session.ExpiresAt, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Group_22_a_revoked_session_is_gone_at_once_and_its_tokens_with_it()
    {
        var store = await StoreAsync();
        var (session, _, family) = await SessionAsync(store);
        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        (await store.RevokeAsync(session.AccountId, session.Key, Now, Ct)).ShouldBeTrue();

        (await store.FindAsync(session.Key, Now, Ct)).ShouldBeNull();
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct)))!.RevokedAt.ShouldBe(Now);
        (await store.RevokeAsync(session.AccountId, session.Key, Now, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_revokes_a_session_of_another_account()
    {
        var store = await StoreAsync();
        var (session, _, family) = await SessionAsync(store);

        (await store.RevokeAsync(new AccountId(NewId()), session.Key, Now, Ct)).ShouldBeFalse();

        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct)))!.RevokedAt.ShouldBeNull();
    }

    [Fact]
    public async Task All_others_end_and_the_excepted_one_stays()
    {
        var store = await StoreAsync();
        var (kept, user, _) = await SessionAsync(store);
        var (second, _, _) = await SessionAsync(store, of: (kept.AccountId, user));
        var (third, _, _) = await SessionAsync(store, of: (kept.AccountId, user));
        var (foreign, _, _) = await SessionAsync(store);

        (await store.RevokeAllAsync(kept.AccountId, kept.Key, Now, Ct)).ShouldBe(2);

        (await store.FindAsync(kept.Key, Now, Ct)).ShouldNotBeNull();
        (await store.FindAsync(second.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(third.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(foreign.Key, Now, Ct)).ShouldNotBeNull();
        (await store.ListAsync(kept.AccountId, Now, Ct)).Select(s => s.Key).ShouldBe([kept.Key]);
        (await store.RevokeAllAsync(kept.AccountId, null, Now, Ct)).ShouldBe(1);
        (await store.ListAsync(kept.AccountId, Now, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Group_22_no_session_survives_its_user()
    {
        var store = await StoreAsync();
        var (session, user, _) = await SessionAsync(store);
        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        (await WriteAsync(unit => unit.Users.DeleteAsync(user.PoolId, user.Sub, Ct))).ShouldBeTrue();

        // Redis may still have the session; what it says of the user comes from the database.
        (await store.FindAsync(session.Key, Now, Ct))?.User.ShouldBeNull();
        (await store.ListAsync(session.AccountId, Now, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_of_a_revoked_sign_in_says_so_and_is_listed_no_more()
    {
        var store = await StoreAsync();
        var (session, user, _) = await SessionAsync(store);
        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        await WriteAsync(unit => unit.Families.RevokeAllAsync(user.PoolId, user.Sub, Now, Ct));

        (await store.FindAsync(session.Key, Now, Ct))!.Family!.RevokedAt.ShouldBe(Now);
        (await store.ListAsync(session.AccountId, Now, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_activity_is_written_at_most_once_a_minute()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store, remember: false);
        session.ExpiresAt.ShouldBe(Now.AddHours(1));

        await store.TouchAsync(SessionRules.Seen(session, Now.AddSeconds(59)), Ct);
        (await store.FindAsync(session.Key, Now, Ct))!.Session.LastSeenAt.ShouldBe(Now);

        await store.TouchAsync(SessionRules.Seen(session with { Device = "Firefox 150, Linux", Address = "192.0.2.7" }, Now.AddSeconds(60)), Ct);
        var seen = (await store.FindAsync(session.Key, Now, Ct))!.Session;
        seen.LastSeenAt.ShouldBe(Now.AddSeconds(60));
        seen.ExpiresAt.ShouldBe(Now.AddSeconds(60).AddHours(1));
        (seen.Device, seen.Address).ShouldBe(("Firefox 150, Linux", "192.0.2.7"));
        (await store.ListAsync(session.AccountId, Now, Ct))[0].LastSeenAt.ShouldBe(Now.AddSeconds(60));
    }

    [Fact]
    public async Task A_change_is_seen_at_once()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);
        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        var changed = await store.ChangeAsync(session.Key, present => present with { Locale = "fr", Data = """{"a":1}""" }, Now, Ct);

        changed.ShouldBe(session with { Locale = "fr", Data = """{"a":1}""" });
        (await store.FindAsync(session.Key, Now, Ct))!.Session.ShouldBe(changed);
        (await store.ChangeAsync(session.Key, _ => null, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(session.Key, Now, Ct))!.Session.ShouldBe(changed);
    }

    [Fact]
    public async Task No_change_of_many_at_once_is_lost()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            async () => await store.ChangeAsync(
                session.Key,
                present => present with { Data = SessionData.Patch(present.Data, System.Text.Json.JsonDocument.Parse($$"""{"k{{i}}":{{i}}}""").RootElement)! },
                Now,
                Ct),
            Ct)));

        var data = System.Text.Json.Nodes.JsonNode.Parse((await store.FindAsync(session.Key, Now, Ct))!.Session.Data)!.AsObject();
        data.Count.ShouldBe(16);
    }

    [Fact]
    public async Task Group_23_a_session_with_a_new_id_has_no_old_one()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);
        (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
        var next = SessionId.New(Random).Key;

        await store.ChangeAsync(session.Key, present => present with { Key = next }, Now, Ct);

        (await store.FindAsync(session.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(next, Now, Ct))!.Session.ShouldBe(session with { Key = next });
    }

    [Fact]
    public async Task Of_many_who_revoke_one_session_one_did()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);

        var ended = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Run(async () => await store.RevokeAsync(session.AccountId, session.Key, Now, Ct), Ct)));

        ended.Count(isDone => isDone).ShouldBe(1);
    }

    [Fact]
    public async Task What_has_expired_is_removed()
    {
        var store = await StoreAsync();
        var (session, _, _) = await SessionAsync(store);

        await Database.RemoveExpiredAsync(session.ExpiresAt, Ct);

        (await ReadAsync(stores => stores.AccountSessions.ListKeysAsync(session.AccountId, Ct))).ShouldBeEmpty();
    }
}

/// <summary>The embedded store.</summary>
public sealed class SqliteSessionStoreTests(SqliteFixture fixture) : SessionStoreTests(fixture), IClassFixture<SqliteFixture>
{
    protected override ValueTask<ISessionStore> StoreAsync() => new(new DatabaseSessionStore(Database, TimeProvider.System));
}

/// <summary>The database store on PostgreSQL.</summary>
public sealed class PostgresSessionStoreTests(PostgresFixture fixture) : SessionStoreTests(fixture), IClassFixture<PostgresFixture>
{
    protected override ValueTask<ISessionStore> StoreAsync() => new(new DatabaseSessionStore(Database, TimeProvider.System));
}

/// <summary>A Redis for the tests of one class, and stores that trust it.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private readonly List<RedisConnection> connections = [];
    private RedisServer? server;

    internal async Task<RedisServer> ServerAsync() => server ??= await RedisServer.StartAsync();

    /// <summary>A node of its own.</summary>
    internal async Task<RedisSessionStore> StoreAsync(Poolhouse.Core.Stores.IDatabase database) => await TrustAsync(await NodeAsync(database));

    /// <summary>A node that doesn't trust Redis yet, with its connection.</summary>
    internal async Task<(RedisConnection Redis, RedisSessionStore Store)> NodeAsync(Poolhouse.Core.Stores.IDatabase database)
    {
        var connection = new RedisConnection((await ServerAsync()).Configuration, TimeProvider.System);
        connections.Add(connection);
        return (connection, new RedisSessionStore(connection, database, TestSealer.Instance, new SystemRandom(), TimeProvider.System));
    }

    /// <summary>What RedisWatch does, until Redis is trusted.</summary>
    internal static async Task<RedisSessionStore> TrustAsync((RedisConnection Redis, RedisSessionStore Store) node)
    {
        for (var attempt = 0; attempt < 400; attempt++)
        {
            if ((!node.Redis.IsAway || await node.Redis.ProbeAsync(CancellationToken.None)) && await node.Store.TrustAsync(CancellationToken.None)) return node.Store;
            await Task.Delay(25);
        }

        throw new TimeoutException("Redis is not trusted.");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections) await connection.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }
}
