using System.Diagnostics.Metrics;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Server.Telemetry;

/// <summary>Counts requests that were told to come back.</summary>
internal sealed class LimitMetrics
{
    private readonly Counter<long> _limited;

    public LimitMetrics(IMeterFactory meters) => _limited = meters.Create(Tracing.Name).CreateCounter<long>(
        "poolhouse.requests.limited", "{request}", "Requests that were told to come back, by limit: a rate limit's name, a quota's category, or user.");

    /// <summary>Counts one.</summary>
    /// <param name="limit">One of a few words of this program, never what a caller sent.</param>
    public void Limited(string limit) => _limited.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
