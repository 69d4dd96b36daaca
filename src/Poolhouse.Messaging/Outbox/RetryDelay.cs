using Poolhouse.Core.Primitives;

namespace Poolhouse.Messaging.Outbox;

/// <summary>How long a message waits after an attempt that failed.</summary>
internal static class RetryDelay
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// 5 seconds doubled for each earlier attempt, at most an hour, less up to a quarter: messages that failed together must not
    /// come back together.
    /// </summary>
    public static TimeSpan After(int earlierAttempts, IRandom random)
    {
        var whole = earlierAttempts > 10 ? Longest : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Max(0, earlierAttempts)));
        return whole * (1 - random.Next(2_501) / 10_000d);
    }
}
