namespace Poolhouse.Load;

/// <summary>What one run of a loop came to.</summary>
/// <param name="Rate">Finished calls a second.</param>
/// <param name="P50">Median, in milliseconds; 0 for arithmetic without a server.</param>
/// <param name="P99">99 of 100 calls were faster, in milliseconds; 0 for arithmetic without a server.</param>
/// <param name="Cost">Processor time of one call in microseconds, the generator's part included.</param>
internal sealed record Measurement(double Rate, double P50, double P99, double Cost)
{
    /// <summary>From the durations of every call, in microseconds.</summary>
    public static Measurement Of(List<int> microseconds, TimeSpan length, TimeSpan processorTime)
    {
        if (microseconds.Count == 0) throw new LoadException("Nothing finished within the time measured.");
        microseconds.Sort();
        return Of(microseconds.Count, length, processorTime) with { P50 = At(microseconds, 0.50), P99 = At(microseconds, 0.99) };
    }

    /// <summary>From a number of calls.</summary>
    public static Measurement Of(long calls, TimeSpan length, TimeSpan processorTime) =>
        new(calls / length.TotalSeconds, 0, 0, processorTime.TotalMicroseconds / calls);

    /// <summary>The better of each number, for what disturbs a measurement never makes it better.</summary>
    public static Measurement Best(Measurement? one, Measurement other) => one is null ? other : new(
        Math.Max(one.Rate, other.Rate), Math.Min(one.P50, other.P50), Math.Min(one.P99, other.P99), Math.Min(one.Cost, other.Cost));

    private static double At(List<int> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))] / 1000.0;
}
