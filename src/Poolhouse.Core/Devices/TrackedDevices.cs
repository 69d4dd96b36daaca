using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Devices;

/// <summary>Registers and changes devices: ConfirmDevice, UpdateDeviceStatus, ForgetDevice and what administrators have of them.</summary>
public sealed class TrackedDevices(IDatabase database, Sealer sealer)
{
    /// <summary>
    /// Registers the device that the caller's sign-in was given a key for. Of two calls with one key one wins; whoever can read an access
    /// token can't put a device of their own in another's place.
    /// </summary>
    /// <param name="caller">Who signed in.</param>
    /// <param name="key">The key of the answer to that sign-in.</param>
    /// <param name="secret">What the device will prove.</param>
    /// <param name="name">What the client calls it, or null.</param>
    /// <param name="address">Where the call came from, or null.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>UserConfirmationNecessary: whether the user has to be asked before the device is remembered.</returns>
    public async ValueTask<Outcome<bool>> ConfirmAsync(
        Caller caller, string key, DeviceSecret secret, string? name, string? address, DateTimeOffset now, CancellationToken ct)
    {
        var (pool, user) = (caller.Pool, caller.User);
        if (pool.Settings.Devices is not { } rules || caller.Family.DeviceKey != key) return new Refusal.DeviceKeyInvalid();
        var device = new Device
        {
            PoolId = pool.Id,
            Sub = user.Sub,
            Key = key,
            Name = name,
            Salt = secret.Salt,
            SealedVerifier = sealer.Seal(secret.Verifier, SealPurpose.SrpVerifier, ContextOf(pool.Id, user.Sub, key)),
            IsRemembered = !rules.AskUser,
            LastAddress = address,
            CreatedAt = now,
            ModifiedAt = now,
            AuthenticatedAt = caller.Family.AuthenticatedAt,
        };
        var refusal = await database.WriteAsync<Refusal?>(async unit =>
        {
            if (!await unit.Devices.CreateAsync(device, caller.Family.Id, ct))
            {
                // It is decided; this only finds the name of the reason.
                return await unit.Devices.FindAsync(pool.Id, user.Sub, key, ct) is null ? new Refusal.DeviceKeyInvalid() : new Refusal.DeviceKeyExists();
            }

            await unit.Devices.TrimAsync(pool.Id, user.Sub, Device.MostPerUser, ct);
            return null;
        }, ct);
        return refusal is null ? rules.AskUser : refusal;
    }

    /// <summary>Says whether a device is remembered.</summary>
    /// <returns>Null, or that there is no such device.</returns>
    public async ValueTask<Refusal?> RememberAsync(User user, string key, bool isRemembered, DateTimeOffset now, CancellationToken ct) =>
        await database.WriteAsync(unit => unit.Devices.RememberAsync(user.PoolId, user.Sub, key, isRemembered, now, ct), ct)
            ? null
            : new Refusal.DeviceNotFound();

    /// <summary>
    /// Removes a device. Its refresh tokens end with it, its access tokens when their time is over: aws-amplify goes on with the one that it
    /// forgets the device by.
    /// </summary>
    /// <returns>Null, or that there is no such device.</returns>
    public async ValueTask<Refusal?> ForgetAsync(User user, string key, CancellationToken ct) =>
        await database.WriteAsync(async unit =>
        {
            // In this order: a ConfirmDevice that waits for the sign-in finds it without the key.
            await unit.Families.EndRefreshOfDeviceAsync(user.PoolId, user.Sub, key, ct);
            if (await unit.Devices.DeleteAsync(user.PoolId, user.Sub, key, ct)) return true;
            unit.Abandon();
            return false;
        }, ct)
            ? null
            : new Refusal.DeviceNotFound();

    /// <summary>The verifier of a device.</summary>
    public byte[] VerifierOf(Device device) =>
        sealer.TryOpen(device.SealedVerifier, SealPurpose.SrpVerifier, ContextOf(device.PoolId, device.Sub, device.Key), out var verifier)
            ? verifier
            : throw new InvalidOperationException($"The verifier of a device of user {device.Sub} was sealed under another master key.");

    private static byte[] ContextOf(PoolId pool, Sub sub, string key) => SealContext.Of($"{pool}/{sub}/{key}");
}
