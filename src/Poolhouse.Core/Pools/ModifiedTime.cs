namespace Poolhouse.Core.Pools;

/// <summary>
/// <c>ModifiedAt</c> of pools and clients. It also tells whether somebody else wrote meanwhile, so two versions never share one,
/// not even within a millisecond or when the clock was set back.
/// </summary>
public static class ModifiedTime
{
    // Stores keep whole milliseconds; less would be lost.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>The time of a change: now, or a millisecond after the change before it.</summary>
    public static DateTimeOffset After(DateTimeOffset previous, DateTimeOffset now) => now - previous < Step ? previous + Step : now;
}
