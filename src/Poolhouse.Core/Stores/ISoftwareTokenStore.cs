using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>Secrets of authenticator apps, at most one in use per user and one that waits for its first code. Sealed.</summary>
public interface ISoftwareTokenStore
{
    /// <summary>The user's secrets, or null.</summary>
    ValueTask<SoftwareToken?> FindAsync(PoolId pool, Sub sub, CancellationToken ct);

    /// <summary>Makes this the one secret that waits. The one in use stays in use.</summary>
    ValueTask PutPendingAsync(PoolId pool, Sub sub, byte[] sealedSecret, CancellationToken ct);

    /// <summary>
    /// Puts the waiting secret in use if it still is <paramref name="pendingSecret"/>, in one statement; the step whose code proved
    /// it counts as used. False if another secret waits by now, or none.
    /// </summary>
    ValueTask<bool> ActivateAsync(PoolId pool, Sub sub, byte[] pendingSecret, long step, CancellationToken ct);

    /// <summary>
    /// Uses a step of the secret in one statement: true once per step, and never for a step before the last one used
    /// (RFC 6238 §5.2). False also if the secret is not in use any more.
    /// </summary>
    ValueTask<bool> UseStepAsync(PoolId pool, Sub sub, byte[] sealedSecret, long step, CancellationToken ct);

    /// <summary>Removes both secrets; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, CancellationToken ct);
}

/// <summary>The secrets of a user's authenticator app.</summary>
/// <param name="SealedSecret">In use; null before the first code.</param>
/// <param name="PendingSecret">Waits for its first code; null when none does.</param>
public sealed record SoftwareToken(byte[]? SealedSecret, byte[]? PendingSecret);
