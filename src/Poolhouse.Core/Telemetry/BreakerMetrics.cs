using System.Diagnostics.Metrics;

namespace Poolhouse.Core.Telemetry;

/// <summary>What keeps requests from waiting for an engine that doesn't answer.</summary>
public interface IBreaker
{
    /// <summary>The engine, in lower case; one word for all nodes, such as <c>redis</c>.</summary>
    string Engine { get; }

    /// <summary>Whether the engine is not even asked.</summary>
    bool IsOpen { get; }
}

/// <summary>The states of this node's breakers.</summary>
public sealed class BreakerMetrics
{
    /// <summary>Makes the instrument.</summary>
    public BreakerMetrics(IMeterFactory meters, IEnumerable<IBreaker> breakers)
    {
        (IBreaker Breaker, KeyValuePair<string, object?> Tag)[] all = [.. breakers.Select(breaker => (breaker, new KeyValuePair<string, object?>("engine", breaker.Engine)))];
        meters.Create(Tracing.Name).CreateObservableGauge(
            "poolhouse.breaker.open",
            () => all.Select(one => new Measurement<int>(one.Breaker.IsOpen ? 1 : 0, one.Tag)),
            "1",
            "1 while an engine is taken for away and not asked, 0 while it is asked; by engine: redis, cognito (Amazon).");
    }
}
