using Poolhouse.AspNetCore.Caching;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.AspNetCore;

public sealed class CacheTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public void A_cache_keeps_what_is_used_and_never_more_than_it_may()
    {
        var cache = new GenerationCache<string>(capacity: 100);
        var used = Id("used");
        cache.GetOrAdd(used, "used");

        for (var i = 0; i < 10_000; i++)
        {
            cache.GetOrAdd(Id($"{i}"), $"{i}");
            cache.Find(used).ShouldBe("used");
        }

        Enumerable.Range(0, 10_000).Count(i => cache.Find(Id($"{i}")) is not null).ShouldBeLessThanOrEqualTo(100);
    }

    [Fact]
    public void What_is_removed_is_gone_from_both_generations()
    {
        var cache = new GenerationCache<string>(capacity: 4);
        cache.GetOrAdd(Id("a"), "a");
        cache.GetOrAdd(Id("b"), "b");
        cache.GetOrAdd(Id("c"), "c");
        cache.Find(Id("a")).ShouldBe("a");

        cache.Remove(Id("a"));

        cache.Find(Id("a")).ShouldBeNull();
    }

    [Fact]
    public void Texts_that_are_not_ASCII_have_no_fingerprint()
    {
        Fingerprint.Of("é").ShouldBeNull();
        Fingerprint.Of("e").ShouldBe(Fingerprint.Of("e"));
        Fingerprint.Of(new string('x', 10_000)).ShouldNotBe(Fingerprint.Of(new string('x', 10_001)));
    }

    [Fact]
    public async Task An_answers_age_counts_from_the_question()
    {
        var time = new ManualTime(DateTimeOffset.UnixEpoch);
        var recent = new RecentAnswer<int>(time);
        var slow = new TaskCompletionSource<int>();

        var first = recent.GetAsync(TimeSpan.FromSeconds(1), _ => slow.Task, 0, Ct).AsTask();
        time.Advance(TimeSpan.FromSeconds(1));

        // The first question is a second old, so its answer would be of no use to who asks now.
        (await recent.GetAsync(TimeSpan.FromSeconds(1), _ => Task.FromResult(2), 0, Ct)).ShouldBe(2);
        slow.SetResult(1);
        (await first).ShouldBe(1);
        (await recent.GetAsync(TimeSpan.FromSeconds(1), _ => Task.FromResult(3), 0, Ct)).ShouldBe(2);
    }

    private static Fingerprint Id(string text) => Fingerprint.Of(text)!.Value;
}
