namespace Poolhouse.Load.Scenarios;

/// <summary>One kind of call, what bounds it, and what it should reach.</summary>
/// <param name="Name">As in the table and after <c>--only</c>.</param>
/// <param name="LimitName">What the limit is.</param>
/// <param name="MeasureLimitAsync">What the limit allows.</param>
/// <param name="MeasureAsync">What the server does.</param>
/// <param name="Goal">What the measurements should come to.</param>
internal sealed record Scenario(
    string Name,
    string LimitName,
    Func<Task<Measurement>> MeasureLimitAsync,
    Func<Task<Measurement>> MeasureAsync,
    Goal Goal);

/// <summary>A goal of issue 2.</summary>
/// <param name="Text">As the table shows it; empty where there is none.</param>
/// <param name="IsReached">Judges the best measurement and the part of the limit that it is.</param>
internal sealed record Goal(string Text, Func<Measurement, double, bool> IsReached)
{
    public static Goal None { get; } = new("", static (_, _) => true);

    public static Goal PartOfLimit(double part) => new($">= {part:P0}", (_, reached) => reached >= part);

    public static Goal Rate(double rate) => new($">= {rate:0}/s", (measured, _) => measured.Rate >= rate);

    public static Goal P99Below(double milliseconds) => new($"p99 < {milliseconds:0} ms", (measured, _) => measured.P99 < milliseconds);
}
