using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Server;

/// <summary>
/// The key from which users that don't exist get their salts. It must never change, or a salt that moved would betray them, so it
/// is stored (sealed) rather than derived from a master key that rotates.
/// </summary>
internal static class SyntheticKey
{
    /// <summary>The setting that it is kept as, and what it is sealed to.</summary>
    public const string Key = "synthetic-user-key";

    /// <summary>The stored key, made at first start; racing nodes agree on one.</summary>
    public static async Task<byte[]> LoadAsync(IDatabase database, Sealer sealer, IRandom random, CancellationToken ct)
    {
        var stored = await database.WriteAsync(async unit =>
        {
            if (await unit.Settings.FindAsync(Key, ct) is { } existing) return existing;
            var made = Convert.ToBase64String(sealer.Seal(random.Bytes(32), SealPurpose.SyntheticUser, SealContext.Of(Key)));
            // Who comes second waits here for the first, and then finds that one's.
            return await unit.Settings.AddAsync(Key, made, ct) ? made : (await unit.Settings.FindAsync(Key, ct))!;
        }, ct);
        return sealer.TryOpen(Convert.FromBase64String(stored), SealPurpose.SyntheticUser, SealContext.Of(Key), out var key)
            ? key
            : throw new StartupException("This database was written under another master key. Start with that key; to change it, put the new one first and keep the old one after a comma.");
    }
}
