using Poolhouse.Server.Account.Limits;
using Poolhouse.Storage.Redis;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Sessions;

/// <summary>Counters of calls that nodes share.</summary>
public sealed class RedisCountersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_count_together_and_each_for_itself_while_Redis_is_away()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ConnectAsync(server);
        await using var two = await ConnectAsync(server);
        IRateCounters[] nodes = [new RedisRateCounters(one, new MemoryRateCounters()), new RedisRateCounters(two, new MemoryRateCounters())];
        var limit = Limit(TimeSpan.FromMinutes(1));

        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => nodes[i % 2].CountAsync(limit, "a", Now, Ct).AsTask()));

        counts.Select(c => c.Calls).Order().ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
        counts.ShouldAllBe(c => c.EndsAt > Now && c.EndsAt <= Now + limit.Window);
        (await nodes[0].CountAsync(limit, "b", Now, Ct)).Calls.ShouldBe(1);
        server.Pause();
        (await nodes[0].CountAsync(limit, "a", Now, Ct)).Calls.ShouldBe(1);
        (await nodes[0].CountAsync(limit, "a", Now, Ct)).Calls.ShouldBe(2);
        one.IsAway.ShouldBeTrue();
        server.Continue();
        while (!await one.ProbeAsync(Ct)) await Task.Delay(25, Ct);
        (await nodes[0].CountAsync(limit, "a", Now, Ct)).Calls.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_window_ends()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await ConnectAsync(server);
        var counters = new RedisRateCounters(connection, new MemoryRateCounters());
        (await counters.CountAsync(Limit(TimeSpan.FromMilliseconds(30)), "a", Now, Ct)).Calls.ShouldBe(1);

        while ((await server.CommandAsync("exists", "poolhouse:calls:test/a")) == "1") await Task.Delay(10, Ct);

        (await counters.CountAsync(Limit(TimeSpan.FromMinutes(1)), "a", Now, Ct)).Calls.ShouldBe(1);
    }

    private static RateLimit Limit(TimeSpan window) => new("test", 10, window, RateLimitKey.Network);

    private static async Task<RedisConnection> ConnectAsync(RedisServer server)
    {
        var connection = new RedisConnection(server.Configuration, TimeProvider.System);
        for (var attempt = 0; attempt < 200 && !await connection.ProbeAsync(Ct); attempt++) await Task.Delay(25, Ct);
        return connection;
    }
}
