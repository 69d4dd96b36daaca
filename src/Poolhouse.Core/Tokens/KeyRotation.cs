using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Tokens;

/// <summary>
/// Gives every pool, and the identity service, new signing keys when the present ones are old enough. A new generation is published a while before it signs, and
/// the old one stays published until the last token that it signed has expired, so nobody who verifies tokens ever meets an unknown key.
/// Any number of nodes may do this at once.
/// </summary>
public sealed class KeyRotation(IDatabase database, PoolKeys keys, IdentityKeys identityKeys, TimeProvider clock)
{
    /// <summary>How long a key is published before it signs; more than a cache of keys usually keeps them.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(1);

    // Each costs two RSA keys; what is left waits for the next minute.
    private const int PoolsAtOnce = 10;

    /// <summary>Does what is due.</summary>
    /// <param name="lifetime">How long a generation signs; null never replaces one.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>How many pools got new keys.</returns>
    public async ValueTask<int> RunAsync(TimeSpan? lifetime, CancellationToken ct)
    {
        await identityKeys.KeepFreshAsync(lifetime, Notice, ct);
        var now = clock.GetUtcNow();
        await database.WriteAsync(unit => unit.SigningKeys.RemoveReplacedAsync(null, now - SigningKeyVault.Overlap, ct), ct);
        if (lifetime is not { } age) return 0;
        var due = await database.ReadAsync(stores => stores.SigningKeys.ListDueAsync(now + Notice - age, PoolsAtOnce, ct), ct);
        var rotated = 0;
        foreach (var pool in due)
            if (await keys.RotateAsync(pool, now + Notice, ct)) rotated++;
        return rotated;
    }
}
