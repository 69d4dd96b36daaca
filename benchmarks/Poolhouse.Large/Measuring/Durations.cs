namespace Poolhouse.Large.Measuring;

/// <summary>How long calls of one kind took.</summary>
internal sealed class Durations
{
    private readonly List<double> milliseconds = [];

    /// <summary>Adds a call.</summary>
    public void Add(TimeSpan duration) => milliseconds.Add(duration.TotalMilliseconds);

    /// <summary>The fastest tenth ends here: what the call costs where hardly anything disturbs it.</summary>
    public double P10 => At(0.10);

    /// <summary>Median.</summary>
    public double P50 => At(0.50);

    /// <summary>99 of 100 calls were faster.</summary>
    public double P99 => At(0.99);

    /// <summary>The fastest.</summary>
    public double Least => At(0);

    private double At(double part)
    {
        milliseconds.Sort();
        return milliseconds[(int)(part * (milliseconds.Count - 1))];
    }
}
