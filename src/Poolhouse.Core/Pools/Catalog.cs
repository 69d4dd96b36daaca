using System.Collections.Concurrent;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Threats;

namespace Poolhouse.Core.Pools;

/// <summary>
/// Pools and clients as last read. Every request needs them and they hardly change, so each is kept for a second: this node
/// sees its own changes at once, other nodes within that second.
/// </summary>
public sealed class Catalog(IDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<PoolId, Entry<UserPool>> _pools = new();
    private readonly ConcurrentDictionary<ClientId, Entry<AppClient>> _clients = new();
    private readonly ConcurrentDictionary<PoolId, Entry<Allowance>> _allowances = new();
    private readonly ConcurrentDictionary<(PoolId, ClientId), Entry<Risk>> _risks = new();
    private long _generation;

    /// <summary>The pool, or null.</summary>
    public ValueTask<UserPool?> FindPoolAsync(PoolId id, CancellationToken ct) =>
        FindAsync(_pools, id, static (stores, id, ct) => stores.Pools.FindAsync(id, ct), ct);

    /// <summary>The client, or null.</summary>
    public ValueTask<AppClient?> FindClientAsync(ClientId id, CancellationToken ct) =>
        FindAsync(_clients, id, static (stores, id, ct) => stores.Clients.FindAsync(id, ct), ct);

    /// <summary>
    /// Whether some client of the pool signs in by SRP. A pool without clients counts as one: users often come first, and a
    /// verifier can't be made later without the password.
    /// </summary>
    public async ValueTask<bool> UsesSrpAsync(PoolId id, CancellationToken ct)
    {
        var allowance = await FindAsync(_allowances, id, static async (stores, id, ct) =>
        {
            var clients = await stores.Clients.ListAllAsync(id, ct);
            const AuthFlows withSrp = AuthFlows.Srp | AuthFlows.Custom | AuthFlows.Choice;
            return new Allowance(clients.Count == 0 || clients.Any(c => (AuthFlowNames.Allowed(c.Settings) & withSrp) != AuthFlows.None));
        }, ct);
        return allowance!.UsesSrp;
    }

    /// <summary>What is done about risks of a client's users: as the client says, or else as the pool does; null where neither says anything.</summary>
    public async ValueTask<RiskConfiguration?> FindRiskAsync(PoolId pool, ClientId client, CancellationToken ct)
    {
        var risk = await FindAsync(_risks, (pool, client), static async (stores, key, ct) =>
        {
            var document = await stores.Documents.FindAsync(key.Item1, DocumentKind.RiskConfiguration, key.Item2.Value, ct)
                ?? await stores.Documents.FindAsync(key.Item1, DocumentKind.RiskConfiguration, RiskConfiguration.PoolKey, ct);
            return new Risk(document is null ? null : DocumentTypes.RiskConfiguration.Read(document));
        }, ct);
        return risk!.Configuration;
    }

    /// <summary>Forgets everything read so far; called after any change of configuration.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _pools.Clear();
        _clients.Clear();
        _allowances.Clear();
        _risks.Clear();
    }

    private async ValueTask<T?> FindAsync<TKey, T>(
        ConcurrentDictionary<TKey, Entry<T>> entries,
        TKey key,
        Func<IStores, TKey, CancellationToken, ValueTask<T?>> read,
        CancellationToken ct)
        where TKey : notnull
        where T : class
    {
        if (entries.TryGetValue(key, out var entry) && clock.GetElapsedTime(entry.ReadAt) < Freshness) return entry.Value;
        var generation = Interlocked.Read(ref _generation);
        var readAt = clock.GetTimestamp();
        var value = await database.ReadAsync(stores => read(stores, key, ct), ct);
        // What was read before a change must not be remembered after it.
        if (generation != Interlocked.Read(ref _generation)) return value;
        if (entries.Count >= Capacity) entries.Clear();
        if (value is null) entries.TryRemove(key, out _);
        else entries[key] = new Entry<T>(value, readAt);
        return value;
    }

    private sealed record Entry<T>(T Value, long ReadAt);

    private sealed record Allowance(bool UsesSrp);

    private sealed record Risk(RiskConfiguration? Configuration);
}
