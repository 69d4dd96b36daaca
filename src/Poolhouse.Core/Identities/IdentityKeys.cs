using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities;

/// <summary>The keys that the identity service signs its OpenID tokens with: one for all pools, as Amazon's service has one issuer.</summary>
public sealed class IdentityKeys(IDatabase database, Sealer sealer, SigningKeySupply supply, TimeProvider clock)
{
    private const string Service = Issuer.IdentityService;

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private Entry? _entry;

    /// <summary>Every key that verifies, the one that signs first; made on first need.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> GetAsync(CancellationToken ct)
    {
        if (Volatile.Read(ref _entry) is { } entry && clock.GetElapsedTime(entry.ReadAt) < Freshness) return entry.Keys;
        var readAt = clock.GetTimestamp();
        var records = await ReadAsync(ct);
        if (records.Count == 0)
        {
            var made = await supply.TakeAsync(ct);
            var sealedKey = sealer.Seal(made.ExportPkcs8(), SealPurpose.SigningKey, SealContext.Of(made.KeyId));
            // False means that another request or node was first; its key is as good.
            await database.WriteAsync(unit => unit.ServiceKeys.AddAsync(new(made.KeyId, Service, 1, sealedKey, clock.GetUtcNow()), ct), ct);
            records = await ReadAsync(ct);
        }

        var keys = records.Select(Open).ToList();
        Volatile.Write(ref _entry, new Entry(keys, readAt));
        return keys;
    }

    /// <summary>Forgets what was read; after a reset or restore.</summary>
    public void Forget() => Volatile.Write(ref _entry, null);

    private ValueTask<IReadOnlyList<ServiceKeyRecord>> ReadAsync(CancellationToken ct) =>
        database.ReadAsync(stores => stores.ServiceKeys.ListAsync(Service, ct), ct);

    private SigningKey Open(ServiceKeyRecord record) =>
        sealer.TryOpen(record.SealedPrivateKey, SealPurpose.SigningKey, SealContext.Of(record.Kid), out var pkcs8)
            ? SigningKey.Import(pkcs8)
            : throw new InvalidOperationException($"Signing key {record.Kid} of {record.Service} was sealed under another master key.");

    private sealed record Entry(IReadOnlyList<SigningKey> Keys, long ReadAt);
}
