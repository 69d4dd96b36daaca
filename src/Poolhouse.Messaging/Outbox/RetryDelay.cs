using Poolhouse.Core.Primitives;

namespace Poolhouse.Messaging.Outbox;

/// <summary>How long a message waits after an attempt that failed.</summary>
internal static class RetryDelay
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(10);

    /// <summary>
    /// 5 seconds doubled for each earlier attempt, at most an hour, less up to a quarter: messages that failed together must not
    /// come back together.
    /// </summary>
    public static TimeSpan After(int earlierAttempts, IRandom random) => Grown(First, Longest, earlierAttempts, random);

    /// <summary>How long to wait before the queue is tried once more: a quarter of a second doubled for each failure beyond the first, at most ten seconds, less up to a quarter.</summary>
    public static TimeSpan Reconnect(int failures, IRandom random) => Grown(FirstReconnect, LongestReconnect, failures - 1, random);

    private static TimeSpan Grown(TimeSpan first, TimeSpan longest, int doublings, IRandom random)
    {
        var whole = doublings > 10 ? longest : TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Max(0, doublings)));
        return whole * (1 - random.Next(2_501) / 10_000d);
    }
}
