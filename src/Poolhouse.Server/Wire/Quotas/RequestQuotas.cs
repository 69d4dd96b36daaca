using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Primitives;
using Poolhouse.Protocol;
using Poolhouse.Server.Options;
using Poolhouse.Server.Telemetry;

namespace Poolhouse.Server.Wire.Quotas;

/// <summary>
/// How many calls a second are served: of each category on this node, and of each user's own ten that read and ten that write, as
/// Cognito has it. What is beyond is told to come back, which every client library does by itself.
/// </summary>
internal sealed class RequestQuotas(IEnumerable<OperationTable> tables, LimitMetrics metrics, TimeProvider clock, IOptions<ServerOptions> options)
{
    private const int PerUser = 10;

    // A user that isn't heard of for a second needs no memory; the map is emptied rather than swept, which forgives a call or two.
    private const int MostUsers = 100_000;

    private readonly FrozenDictionary<string, Rate> _operations = Make(tables, options.Value);
    private readonly ConcurrentDictionary<(Sub User, bool IsRead), Rate> _users = new();
    private readonly bool _isOn = options.Value.EnforceRequestQuotas == true;

    /// <summary>The calls a second that a category's operations have; null where none is enforced.</summary>
    public int? Of(string category) => !_isOn ? null : Rates(options.Value).TryGetValue(category, out var rate) && rate > 0 ? rate : null;

    /// <summary>Counts a call against its category, and against its user where it has one.</summary>
    /// <exception cref="CognitoException">TooManyRequestsException: the quota of this second is used up.</exception>
    public void Demand(OperationModel operation, Sub? user = null)
    {
        if (!_isOn) return;
        var now = clock.GetUtcNow();
        if (user is { } sub && !OfUser(sub, QuotaCategories.IsRead(operation.Name)).Admits(now)) throw TooMany("user", "Too many requests");
        if (_operations.TryGetValue(operation.Name, out var rate) && !rate.Admits(now)) throw TooMany(QuotaCategories.Of(operation), "Rate exceeded");
    }

    private CognitoException TooMany(string limit, string text)
    {
        metrics.Limited(limit);
        return CognitoException.TooManyRequests(text);
    }

    private Rate OfUser(Sub user, bool isRead)
    {
        if (_users.Count >= MostUsers) _users.Clear();
        return _users.GetOrAdd((user, isRead), static _ => new Rate(PerUser));
    }

    private static FrozenDictionary<string, Rate> Make(IEnumerable<OperationTable> tables, ServerOptions options)
    {
        var configured = Rates(options);
        // Answers to challenges have a quota of their own, three times that of the calls that begin (the guide's "special handling").
        var shared = new Dictionary<(string, int), Rate>();
        var result = new Dictionary<string, Rate>(StringComparer.Ordinal);
        foreach (var operation in tables.SelectMany(table => table.Models))
        {
            var (category, factor) = (QuotaCategories.Of(operation), QuotaCategories.Factor(operation.Name));
            if (!configured.TryGetValue(category, out var perSecond) || perSecond == 0) continue;
            if (!shared.TryGetValue((category, factor), out var rate)) shared.Add((category, factor), rate = new Rate(perSecond * factor));
            result.TryAdd(operation.Name, rate);
        }

        return result.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, int> Rates(ServerOptions options)
    {
        var rates = new Dictionary<string, int>(QuotaCategories.Defaults, StringComparer.OrdinalIgnoreCase);
        foreach (var (category, rate) in options.RequestQuotas) rates[category] = rate;
        return rates;
    }

    /// <summary>
    /// A leaky bucket as one number (the generic cell rate algorithm, ITU-T I.371): the time at which all that was let through would
    /// be done at the steady rate. A second's worth may come at once.
    /// </summary>
    private sealed class Rate(int perSecond)
    {
        private readonly long _interval = TimeSpan.TicksPerSecond / perSecond;
        private long _done;

        public bool Admits(DateTimeOffset time)
        {
            var now = time.UtcTicks;
            while (true)
            {
                var seen = Interlocked.Read(ref _done);
                // A clock that was set back would hold everybody up until it has caught up.
                var from = seen > now + (2 * TimeSpan.TicksPerSecond) ? now : Math.Max(seen, now);
                var next = from + _interval;
                if (next > now + TimeSpan.TicksPerSecond) return false;
                if (Interlocked.CompareExchange(ref _done, next, seen) == seen) return true;
            }
        }
    }
}
