using Poolhouse.Core.Primitives;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Storage.Redis;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>A primary with its replica and a Sentinel: what nodes do when the one takes the other's place.</summary>
[Collection(Alone.Name)]
public sealed class RedisSentinelTests(SqliteFixture fixture) : SessionScene(fixture), IClassFixture<SqliteFixture>, IAsyncLifetime
{
    private const string Name = "sessions";

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-sentinel-").FullName;
    private readonly List<RedisServer> servers = [];
    private RedisConnection? connection;

    public async ValueTask InitializeAsync()
    {
        var primary = await StartAsync("--masterauth", "s3cret", "--requirepass", "s3cret");
        var replica = await StartAsync("--replicaof", "127.0.0.1", $"{primary.Port}", "--masterauth", "s3cret", "--requirepass", "s3cret");
        var file = Path.Combine(folder, "sentinel.conf");
        await File.WriteAllTextAsync(
            file,
            $"""
            sentinel monitor {Name} 127.0.0.1 {primary.Port} 1
            sentinel auth-pass {Name} s3cret
            sentinel down-after-milliseconds {Name} 400
            sentinel failover-timeout {Name} 3000
            """,
            Ct);
        var sentinel = await StartAsync(file, "--sentinel");
        while (!(await sentinel.CommandAsync("sentinel", "replicas", Name)).Contains($"{replica.Port}", StringComparison.Ordinal)) await Task.Delay(50, Ct);
        // A Sentinel that is gone stands first, as one may.
        connection = new RedisConnection($"127.0.0.1:{Ports.Free()},127.0.0.1:{sentinel.Port},serviceName={Name},password=s3cret", TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null) await connection.DisposeAsync();
        foreach (var server in servers) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_was_revoked_before_the_primary_died_stays_revoked_when_its_replica_answers()
    {
        var node = (connection!, new RedisSessionStore(connection!, Database, TestSealer.Instance, new SystemRandom(), TimeProvider.System));
        var store = await RedisFixture.TrustAsync(node);
        var (kept, _, _) = await SessionAsync(store);
        var (revoked, _, _) = await SessionAsync(store);
        var (renamed, _, _) = await SessionAsync(store);
        foreach (var each in new[] { kept, revoked, renamed }) (await store.FindAsync(each.Key, Now, Ct)).ShouldNotBeNull();
        // The replica has not heard of it when the primary dies.
        servers[1].Pause();
        (await store.RevokeAsync(revoked.AccountId, revoked.Key, Now, Ct)).ShouldBeTrue();
        (await store.ChangeAsync(renamed.Key, present => present with { Key = SessionId.New(new SystemRandom()).Key }, Now, Ct)).ShouldNotBeNull();
        servers[0].Stop();
        servers[1].Continue();

        (await store.FindAsync(revoked.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(kept.Key, Now, Ct)).ShouldNotBeNull();
        // What RedisWatch and requests do meanwhile, until it is the replica that answers.
        while (!(await servers[1].CommandAsync("-a", "s3cret", "--no-auth-warning", "role")).StartsWith("master", StringComparison.Ordinal)
            || !(await connection!.TryAsync(static redis => redis.PingAsync(), Ct)).IsAnswered)
            await connection!.ProbeAsync(Ct);
        await RedisFixture.TrustAsync(node);

        (await store.FindAsync(revoked.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(renamed.Key, Now, Ct)).ShouldBeNull();
        (await store.FindAsync(kept.Key, Now, Ct))!.Session.ShouldBe(kept);
        (await servers[1].CommandAsync("-a", "s3cret", "--no-auth-warning", "keys", "*")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_primary_that_was_replaced_while_it_lives_is_left()
    {
        var node = (connection!, new RedisSessionStore(connection!, Database, TestSealer.Instance, new SystemRandom(), TimeProvider.System));
        await RedisFixture.TrustAsync(node);
        await connection!.FollowAsync(Ct);
        connection.IsAway.ShouldBeFalse();

        while (!(await servers[2].CommandAsync("sentinel", "failover", Name)).StartsWith("OK", StringComparison.Ordinal)) await Task.Delay(100, Ct);
        while (!connection.IsAway)
        {
            await connection.FollowAsync(Ct);
            await Task.Delay(50, Ct);
        }

        await RedisFixture.TrustAsync(node);
        (await servers[1].CommandAsync("-a", "s3cret", "--no-auth-warning", "role")).ShouldStartWith("master");
    }

    private async Task<RedisServer> StartAsync(params string[] settings)
    {
        servers.Add(await RedisServer.StartAsync(settings));
        return servers[^1];
    }
}
