using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Poolhouse.Core.Telemetry;

/// <summary>How long stores take. Where nobody listens no clock is read.</summary>
public sealed class StoreMetrics
{
    // From what SQLite answers out of its cache to what a request has given up on.
    private static readonly double[] Boundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly Histogram<double> duration;

    /// <summary>Makes the instrument.</summary>
    public StoreMetrics(IMeterFactory meters) => duration = meters.Create(Tracing.Name).CreateHistogram(
        "poolhouse.store.duration",
        "s",
        "How long stores took, by kind (read, write, session) and engine (sqlite, postgresql, redis); with error where they failed.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries });

    /// <summary>Whether anybody wants to know.</summary>
    public bool IsOn => duration.Enabled;

    /// <summary>Runs a piece of work of a store and says how long it took.</summary>
    /// <param name="kind"><c>read</c>, <c>write</c> or <c>session</c>.</param>
    /// <param name="engine">What was asked.</param>
    /// <param name="work">The work.</param>
    public async ValueTask<T> MeasureAsync<T>(string kind, string engine, Func<ValueTask<T>> work)
    {
        using var part = Tracing.StartPart(kind switch { "read" => "store read", "write" => "store write", _ => "session store" });
        part?.SetTag("db.system.name", engine);
        var started = Stopwatch.GetTimestamp();
        var isDone = false;
        try
        {
            var result = await work();
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone) part?.SetStatus(ActivityStatusCode.Error);
            var tags = new TagList { { "kind", kind }, { "engine", engine } };
            if (!isDone) tags.Add("error", "true");
            duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }
}
