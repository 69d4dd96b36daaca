using System.Collections.Concurrent;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>The keys a pool signs with and publishes: one for ID tokens, one for access tokens, as Cognito has them.</summary>
public sealed class PoolKeys(IDatabase database, SigningKeyVault vault, TimeProvider clock)
{
    private const string IdPurpose = "id";
    private const string AccessPurpose = "access";

    private readonly ConcurrentDictionary<PoolId, Entry> _entries = new();

    /// <summary>The keys in force; made on first need, so that an unused pool costs nothing.</summary>
    public async ValueTask<KeySet> GetAsync(PoolId pool, CancellationToken ct)
    {
        if (_entries.TryGetValue(pool, out var entry) && IsFresh(entry)) return entry.Keys;
        return await LoadAsync(pool, ct);
    }

    /// <summary>
    /// The published key of that id, or null. An unknown id is always looked up: another node may have rotated a moment ago, and no token of its new key
    /// may fail here. It costs who invents ids, and us, one small read.
    /// </summary>
    public async ValueTask<PublicKey?> FindAsync(PoolId pool, string kid, CancellationToken ct)
    {
        var keys = await GetAsync(pool, ct);
        return keys.Find(kid) ?? (await LoadAsync(pool, ct)).Find(kid);
    }

    /// <summary>
    /// Publishes a new generation of both keys. It signs from <paramref name="signsFrom"/> on; tokens of the present one verify until
    /// it is removed. False if another node added one meanwhile.
    /// </summary>
    public async ValueTask<bool> RotateAsync(PoolId pool, DateTimeOffset signsFrom, CancellationToken ct)
    {
        var records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        var next = records.Count == 0 ? 1 : records.Max(r => r.Generation) + 1;
        var isFirst = await AddAsync(pool, IdPurpose, next, signsFrom, ct);
        await AddAsync(pool, AccessPurpose, next, signsFrom, ct);
        await LoadAsync(pool, ct);
        return isFirst;
    }

    /// <summary>Removes what was replaced, at once: tokens that it signed no longer verify, on other nodes within a second.</summary>
    public async ValueTask RetireAsync(PoolId pool, CancellationToken ct)
    {
        await database.WriteAsync(unit => unit.SigningKeys.RemoveReplacedAsync(pool, clock.GetUtcNow(), ct), ct);
        await LoadAsync(pool, ct);
    }

    /// <summary>Forgets what was read; after a reset or restore.</summary>
    public void Forget() => _entries.Clear();

    // By the clock that decides which key signs, wherever it was moved to.
    private bool IsFresh(Entry entry) => (clock.GetUtcNow() - entry.ReadAt).Duration() < SigningKeyVault.Freshness;

    private async ValueTask<KeySet> LoadAsync(PoolId pool, CancellationToken ct)
    {
        var readAt = clock.GetUtcNow();
        var records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        if (records.Count < 2)
        {
            await AddAsync(pool, IdPurpose, 1, clock.GetUtcNow(), ct);
            await AddAsync(pool, AccessPurpose, 1, clock.GetUtcNow(), ct);
            records = await database.ReadAsync(stores => stores.SigningKeys.ListAsync(pool, ct), ct);
        }

        var known = _entries.GetValueOrDefault(pool)?.Keys;
        var keys = records.Select(r => (Record: r, Key: known?.FindSigning(r.Kid) ?? vault.Open(r.Kid, r.SealedPrivateKey))).ToArray();
        var set = new KeySet(Current(IdPurpose), Current(AccessPurpose), [.. keys.Select(k => k.Key)]);
        _entries[pool] = new Entry(set, readAt);
        return set;

        SigningKey Current(string purpose) =>
            SigningKeyVault.Current([.. keys.Where(k => k.Record.Purpose == purpose)], k => k.Record.SignsFrom, readAt).Key;
    }

    private async ValueTask<bool> AddAsync(PoolId pool, string purpose, int generation, DateTimeOffset signsFrom, CancellationToken ct)
    {
        var (kid, sealedKey) = await vault.MakeAsync(ct);
        var record = new SigningKeyRecord(kid, pool, purpose, generation, sealedKey, signsFrom);
        // False means that another request or node was first; its key is as good.
        return await database.WriteAsync(unit => unit.SigningKeys.AddAsync(record, ct), ct);
    }

    private sealed record Entry(KeySet Keys, DateTimeOffset ReadAt);
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
