using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities;

/// <summary>The keys that the identity service signs its OpenID tokens with: one for all pools, as Amazon's service has one issuer.</summary>
public sealed class IdentityKeys(IDatabase database, SigningKeyVault vault, TimeProvider clock)
{
    private const string Service = Issuer.IdentityService;

    private Entry? _entry;

    /// <summary>The key that signs, and every key that verifies; made on first need.</summary>
    public async ValueTask<(SigningKey Current, IReadOnlyList<SigningKey> Published)> GetAsync(CancellationToken ct)
    {
        var entry = Volatile.Read(ref _entry);
        if (entry is null || (clock.GetUtcNow() - entry.ReadAt).Duration() >= SigningKeyVault.Freshness) entry = await LoadAsync(ct);
        return (entry.Current, entry.Published);
    }

    /// <summary>
    /// Publishes a new key, which signs from <paramref name="signsFrom"/> on. False if another node added one meanwhile, or if none was
    /// ever needed.
    /// </summary>
    public async ValueTask<bool> RotateAsync(DateTimeOffset signsFrom, CancellationToken ct)
    {
        var records = await ReadAsync(ct);
        var isRotated = records.Count > 0 && await AddAsync(records[0].Generation + 1, signsFrom, ct);
        Forget();
        return isRotated;
    }

    /// <summary>Removes what was replaced, at once: tokens that it signed no longer verify, on other nodes within a second.</summary>
    public async ValueTask RetireAsync(CancellationToken ct)
    {
        await database.WriteAsync(unit => unit.ServiceKeys.RemoveReplacedAsync(Service, clock.GetUtcNow(), ct), ct);
        Forget();
    }

    /// <summary>What <see cref="KeyRotation"/> does for pools: removes what nobody needs any more, replaces what is old.</summary>
    /// <param name="lifetime">How long a key signs; null never replaces one.</param>
    /// <param name="notice">How long it is published before it signs.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask KeepFreshAsync(TimeSpan? lifetime, TimeSpan notice, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(unit => unit.ServiceKeys.RemoveReplacedAsync(Service, now - SigningKeyVault.Overlap, ct), ct);
        if (lifetime is { } age && await ReadAsync(ct) is [var newest, ..] && newest.SignsFrom <= now + notice - age) await RotateAsync(now + notice, ct);
    }

    /// <summary>Forgets what was read; after a reset or restore.</summary>
    public void Forget() => Volatile.Write(ref _entry, null);

    private async ValueTask<Entry> LoadAsync(CancellationToken ct)
    {
        var readAt = clock.GetUtcNow();
        var records = await ReadAsync(ct);
        if (records.Count == 0)
        {
            await AddAsync(1, readAt, ct);
            records = await ReadAsync(ct);
        }

        var known = Volatile.Read(ref _entry)?.Published ?? [];
        var keys = records.Select(r => (Record: r, Key: known.FirstOrDefault(k => k.KeyId == r.Kid) ?? vault.Open(r.Kid, r.SealedPrivateKey))).ToList();
        var current = SigningKeyVault.Current(keys, k => k.Record.SignsFrom, readAt).Key;
        var entry = new Entry(current, [.. keys.Select(k => k.Key)], readAt);
        Volatile.Write(ref _entry, entry);
        return entry;
    }

    private async ValueTask<bool> AddAsync(int generation, DateTimeOffset signsFrom, CancellationToken ct)
    {
        var (kid, sealedKey) = await vault.MakeAsync(ct);
        // False means that another request or node was first; its key is as good.
        return await database.WriteAsync(unit => unit.ServiceKeys.AddAsync(new(kid, Service, generation, sealedKey, signsFrom), ct), ct);
    }

    private ValueTask<IReadOnlyList<ServiceKeyRecord>> ReadAsync(CancellationToken ct) =>
        database.ReadAsync(stores => stores.ServiceKeys.ListAsync(Service, ct), ct);

    private sealed record Entry(SigningKey Current, IReadOnlyList<SigningKey> Published, DateTimeOffset ReadAt);
}
