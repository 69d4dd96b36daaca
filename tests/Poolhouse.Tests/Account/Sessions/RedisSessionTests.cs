using System.Diagnostics;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Redis;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>What Redis adds, and above all what it must not: while it is away, when it is back, and between nodes.</summary>
[Collection(Alone.Name)]
public abstract class RedisSessionTests(DatabaseFixture fixture, RedisFixture redis) : SessionStoreTests(fixture)
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    // The machine may be busy with other tests; the budget is measured in the server, this only where a store that waits for Redis would be.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(400);

    protected override async ValueTask<ISessionStore> StoreAsync() => await redis.StoreAsync(Database);

    [Fact]
    public async Task Redis_holds_neither_ids_nor_anything_readable_and_believes_nobody_who_writes_to_it()
    {
        var server = await redis.ServerAsync();
        var store = await redis.StoreAsync(Database);
        var (session, _, _) = await SessionAsync(store);
        var name = await NameAsync(server, session.Key);

        var value = await server.CommandAsync("get", name);
        value.ShouldNotContain(session.AccountId.Value);
        value.ShouldNotContain("Chrome");

        var (other, _, _) = await SessionAsync(store);
        await server.CommandAsync("copy", name, await NameAsync(server, other.Key), "replace");
        (await store.FindAsync(other.Key, Now, Ct))!.Session.ShouldBe(other);
    }

    [Fact]
    public async Task While_Redis_stands_still_the_database_answers_and_revocations_hold()
    {
        var server = await redis.ServerAsync();
        var node = await redis.NodeAsync(Database);
        await RedisFixture.TrustAsync(node);
        var store = node.Store;
        var (session, _, _) = await SessionAsync(store);
        var (revoked, _, _) = await SessionAsync(store);
        var (renamed, _, _) = await SessionAsync(store);
        foreach (var each in new[] { session, revoked, renamed }) (await store.FindAsync(each.Key, Now, Ct)).ShouldNotBeNull();

        server.Pause();
        try
        {
            var watch = Stopwatch.StartNew();
            (await FindAsync(store, session.Key))!.Session.ShouldBe(session);
            watch.Elapsed.ShouldBeLessThan(Budget + Slack);
            node.Redis.IsAway.ShouldBeTrue();
            watch.Restart();
            for (var i = 0; i < 20; i++) (await store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
            watch.Elapsed.ShouldBeLessThan(Budget + Slack);

            (await store.RevokeAsync(revoked.AccountId, revoked.Key, Now, Ct)).ShouldBeTrue();
            (await store.ChangeAsync(renamed.Key, present => present with { Key = SessionId.New(new SystemRandom()).Key }, Now, Ct)).ShouldNotBeNull();
            (await store.FindAsync(revoked.Key, Now, Ct)).ShouldBeNull();
            (await node.Redis.ProbeAsync(Ct)).ShouldBeFalse();
        }
        finally
        {
            server.Continue();
        }

        await RedisFixture.TrustAsync(node);
        (await store.FindAsync(revoked.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(renamed.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(session.Key, Now, Ct))!.Session.ShouldBe(session);
    }

    [Fact]
    public async Task Group_22_a_node_without_Redis_revokes_for_the_nodes_that_have_it()
    {
        var near = await redis.StoreAsync(Database);
        // Never taken up: to this node Redis is away.
        var (_, cutOff) = await redis.NodeAsync(Database);
        var (session, _, family) = await SessionAsync(near);
        (await near.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        // Not a revocation, whose token family the database knows about; an id that must not be good any more.
        await cutOff.ChangeAsync(session.Key, present => present with { Key = SessionId.New(new SystemRandom()).Key }, Now, Ct);

        (await near.FindAsync(session.Key, Now, Ct)).ShouldBeNull();
        family.RevokedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_change_on_one_node_is_seen_on_the_other_at_once()
    {
        var (one, two) = (await redis.StoreAsync(Database), await redis.StoreAsync(Database));
        var (session, _, _) = await SessionAsync(one);
        (await two.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();

        await one.ChangeAsync(session.Key, present => present with { Locale = "de" }, Now, Ct);
        (await two.FindAsync(session.Key, Now, Ct))!.Session.Locale.ShouldBe("de");

        await two.RevokeAsync(session.AccountId, session.Key, Now, Ct);
        (await one.FindAsync(session.Key, Now, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_and_a_paused_Redis_come_back_by_themselves()
    {
        var server = await redis.ServerAsync();
        var node = await redis.NodeAsync(Database);
        await RedisFixture.TrustAsync(node);
        var (session, _, _) = await SessionAsync(node.Store);

        server.Stop();
        (await FindAsync(node.Store, session.Key)).ShouldNotBeNull();
        (await node.Store.RevokeAllAsync(session.AccountId, session.Key, Now, Ct)).ShouldBe(0);
        node.Store.IsTrusted.ShouldBeFalse();
        await server.ResumeAsync();
        // A connection that comes back late ends the trust that another one won; it is won again.
        for (var attempt = 0; attempt < 40 && (await server.CommandAsync("keys", $"*{session.Key}")).Length == 0; attempt++)
        {
            await RedisFixture.TrustAsync(node);
            (await node.Store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
        }

        await NameAsync(server, session.Key);

        await server.CommandAsync("client", "pause", "600", "all");
        (await FindAsync(node.Store, session.Key)).ShouldNotBeNull();
        node.Redis.IsAway.ShouldBeTrue();
        await RedisFixture.TrustAsync(node);
        (await node.Store.FindAsync(session.Key, Now, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Redis_that_forgot_everything_signs_nobody_out()
    {
        var server = await redis.ServerAsync();
        var store = await redis.StoreAsync(Database);
        var (session, _, _) = await SessionAsync(store);

        await server.CommandAsync("flushall");

        (await store.FindAsync(session.Key, Now, Ct))!.Session.ShouldBe(session);
        await NameAsync(server, session.Key);
    }

    [Theory]
    [InlineData("localhost:6379,password=hidden", true)]
    [InlineData("redis.example:6380,ssl=true", true)]
    [InlineData("", false)]
    [InlineData("localhost:6379,connectTimeout=hidden", false)]
    public void A_connection_string_is_checked_and_never_repeated(string configuration, bool isUsable)
    {
        RedisConnection.IsUsable(configuration, out var problem).ShouldBe(isUsable);
        problem?.ShouldNotContain("hidden");
    }

    // On a machine that is busy with other tests the database may take longer than what Redis left of the budget.
    private static async Task<FoundSession?> FindAsync(RedisSessionStore store, SessionKey key)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await store.FindAsync(key, Now, Ct);
            }
            catch (SessionStoreUnavailableException) when (attempt < 5)
            {
                // Once more: Redis is known to be away by now.
            }
        }
    }

    private static async Task<string> NameAsync(RedisServer server, SessionKey key)
    {
        var name = (await server.CommandAsync("keys", $"poolhouse:session:*:{key}")).Split('\n').ShouldHaveSingleItem();
        name.ShouldNotBeEmpty();
        return name;
    }
}

/// <summary>Before SQLite.</summary>
public sealed class SqliteRedisSessionTests(SqliteFixture fixture, RedisFixture redis)
    : RedisSessionTests(fixture, redis), IClassFixture<SqliteFixture>, IClassFixture<RedisFixture>;

/// <summary>Before PostgreSQL.</summary>
public sealed class PostgresRedisSessionTests(PostgresFixture fixture, RedisFixture redis)
    : RedisSessionTests(fixture, redis), IClassFixture<PostgresFixture>, IClassFixture<RedisFixture>;
