using Poolhouse.Server.Account.Limits;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Limits;

/// <summary>Limits of nodes that have one PostgreSQL and no Redis.</summary>
public sealed class SharedLimitTests(PostgresFixture fixture) : StoreTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task What_guards_is_counted_by_all_nodes_together_and_the_rest_by_each()
    {
        IRateCounters[] nodes = [new DatabaseRateCounters(Database, new MemoryRateCounters()), new DatabaseRateCounters(Database, new MemoryRateCounters())];

        var guarded = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => nodes[i % 2].CountAsync(RateLimits.SignIn, "192.0.2.1", Now, Ct).AsTask()));
        var others = await Task.WhenAll(Enumerable.Range(0, Racers).Select(i => nodes[i % 2].CountAsync(RateLimits.Typing, "192.0.2.1", Now, Ct).AsTask()));

        guarded.Select(count => count.Calls).Order().ShouldBe(Enumerable.Range(1, Racers).Select(i => (long)i));
        guarded.ShouldAllBe(count => count.EndsAt == Now + RateLimits.SignIn.Window);
        others.Max(count => count.Calls).ShouldBe(Racers / 2);
    }

    [Fact]
    public async Task A_window_that_is_over_begins_anew()
    {
        var counters = new DatabaseRateCounters(Database, new MemoryRateCounters());
        await counters.CountAsync(RateLimits.Codes, "192.0.2.2", Now, Ct);
        (await counters.CountAsync(RateLimits.Codes, "192.0.2.2", Now, Ct)).Calls.ShouldBe(2);

        var later = Now + RateLimits.Codes.Window;

        (await counters.CountAsync(RateLimits.Codes, "192.0.2.2", later, Ct)).ShouldBe(new RateCount(1, later + RateLimits.Codes.Window));
    }
}
