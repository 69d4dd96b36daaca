using Poolhouse.Core.Devices;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>Devices of users.</summary>
public interface IDeviceStore
{
    /// <summary>
    /// Adds a device in one statement if this sign-in was given its key; false otherwise, and if the user has one of that key. Not what was
    /// read of the sign-in before: the device may have been forgotten since.
    /// </summary>
    ValueTask<bool> CreateAsync(Device device, string familyId, CancellationToken ct);

    /// <summary>Removes the devices that were unused for longest until at most <paramref name="most"/> are left.</summary>
    ValueTask TrimAsync(PoolId pool, Sub sub, int most, CancellationToken ct);

    /// <summary>The device, or null.</summary>
    ValueTask<Device?> FindAsync(PoolId pool, Sub sub, string key, CancellationToken ct);

    /// <summary>A user's devices by key.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="sub">The user.</param>
    /// <param name="onlyRemembered">Whether to leave out those that aren't remembered.</param>
    /// <param name="limit">Items of the page.</param>
    /// <param name="after">Where the page before ended, or null.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<Page<Device>> ListAsync(PoolId pool, Sub sub, bool onlyRemembered, int limit, string? after, CancellationToken ct);

    /// <summary>Says whether it is remembered; false if there is no such device.</summary>
    ValueTask<bool> RememberAsync(PoolId pool, Sub sub, string key, bool isRemembered, DateTimeOffset now, CancellationToken ct);

    /// <summary>Keeps the session by which the device is asked to prove itself, in place of one before.</summary>
    ValueTask AskAsync(PoolId pool, Sub sub, string key, string session, CancellationToken ct);

    /// <summary>
    /// Notes a sign-in on it; a session that waits is over by that. False if there is no such device or, where
    /// <paramref name="mustBeRemembered"/>, it isn't remembered any more.
    /// </summary>
    ValueTask<bool> UseAsync(PoolId pool, Sub sub, string key, bool mustBeRemembered, string? address, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes it; false if there is no such device.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, Sub sub, string key, CancellationToken ct);
}
