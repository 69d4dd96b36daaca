using System.Collections.Concurrent;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>The keys a pool signs with and publishes: one for ID tokens, one for access tokens, as Cognito has them.</summary>
public sealed class PoolKeys(IDatabase database, Sealer sealer, SigningKeySupply supply, TimeProvider clock)
{
    private const string IdPurpose = "id";
    private const string AccessPurpose = "access";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<PoolId, Entry> _entries = new();

    /// <summary>The keys in force; made on first need, so that an unused pool costs nothing.</summary>
    public async ValueTask<KeySet> GetAsync(PoolId pool, CancellationToken ct)
    {
        if (_entries.TryGetValue(pool, out var entry) && clock.GetElapsedTime(entry.ReadAt) < Freshness) return entry.Keys;
        return await LoadAsync(pool, ct);
    }

    /// <summary>The published key of that id, or null. An unknown id is looked up once more, for another node may have rotated.</summary>
    public async ValueTask<PublicKey?> FindAsync(PoolId pool, string kid, CancellationToken ct)
    {
        var keys = await GetAsync(pool, ct);
        if (keys.Find(kid) is { } known) return known;
        if (_entries.TryGetValue(pool, out var entry) && clock.GetElapsedTime(entry.ReadAt) < TimeSpan.FromSeconds(1)) return null;
        return (await LoadAsync(pool, ct)).Find(kid);
    }

    /// <summary>Adds a generation of both keys: new tokens are signed with it, old ones verify until <see cref="RetireAsync"/>.</summary>
    public async ValueTask RotateAsync(PoolId pool, CancellationToken ct)
    {
        var records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        var next = records.Count == 0 ? 1 : records.Max(r => r.Generation) + 1;
        await AddAsync(pool, IdPurpose, next, ct);
        await AddAsync(pool, AccessPurpose, next, ct);
        await LoadAsync(pool, ct);
    }

    /// <summary>Removes all but the newest generation: their tokens no longer verify.</summary>
    public async ValueTask RetireAsync(PoolId pool, CancellationToken ct)
    {
        await database.WriteAsync(async unit =>
        {
            var records = await unit.SigningKeys.ListAsync(pool, ct);
            foreach (var old in records.Where(r => r.Generation < records.Max(x => x.Generation))) await unit.SigningKeys.DeleteAsync(old.Kid, ct);
            return true;
        }, ct);
        await LoadAsync(pool, ct);
    }

    /// <summary>Forgets what was read; after a reset or restore.</summary>
    public void Forget() => _entries.Clear();

    private async ValueTask<KeySet> LoadAsync(PoolId pool, CancellationToken ct)
    {
        var readAt = clock.GetTimestamp();
        var records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        if (records.Count < 2)
        {
            await AddAsync(pool, IdPurpose, 1, ct);
            await AddAsync(pool, AccessPurpose, 1, ct);
            records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        }

        var known = _entries.GetValueOrDefault(pool)?.Keys;
        var keys = records.Select(r => (r.Purpose, Key: known?.FindSigning(r.Kid) ?? Open(r))).ToArray();
        var set = new KeySet(keys.First(k => k.Purpose == IdPurpose).Key, keys.First(k => k.Purpose == AccessPurpose).Key, [.. keys.Select(k => k.Key)]);
        _entries[pool] = new Entry(set, readAt);
        return set;
    }

    private async ValueTask AddAsync(PoolId pool, string purpose, int generation, CancellationToken ct)
    {
        var key = await supply.TakeAsync(ct);
        var sealedKey = sealer.Seal(key.ExportPkcs8(), SealPurpose.SigningKey, SealContext.Of(key.KeyId));
        var record = new SigningKeyRecord(key.KeyId, pool, purpose, generation, sealedKey, clock.GetUtcNow());
        // False means that another request or node was first; its key is as good.
        await database.WriteAsync(unit => unit.SigningKeys.AddAsync(record, ct), ct);
    }

    private SigningKey Open(SigningKeyRecord record) =>
        sealer.TryOpen(record.SealedPrivateKey, SealPurpose.SigningKey, SealContext.Of(record.Kid), out var pkcs8)
            ? SigningKey.Import(pkcs8)
            : throw new InvalidOperationException($"Signing key {record.Kid} of pool {record.PoolId} was sealed under another master key.");

    private sealed record Entry(KeySet Keys, long ReadAt);
}

/// <summary>The keys of one pool.</summary>
/// <param name="Id">Signs ID tokens.</param>
/// <param name="Access">Signs access tokens.</param>
/// <param name="Published">Every key that still verifies, the two above included.</param>
public sealed record KeySet(SigningKey Id, SigningKey Access, IReadOnlyList<SigningKey> Published)
{
    /// <summary>A public key by its id, or null.</summary>
    public PublicKey? Find(string kid) => FindSigning(kid)?.PublicKey;

    /// <summary>A key by its id, or null.</summary>
    internal SigningKey? FindSigning(string kid)
    {
        foreach (var key in Published)
            if (key.KeyId == kid) return key;
        return null;
    }
}
