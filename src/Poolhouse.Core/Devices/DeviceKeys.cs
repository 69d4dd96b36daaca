using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Devices;

/// <summary>A device that was given a key at sign-in and may be registered under it. API_NewDeviceMetadataType.</summary>
/// <param name="Key">DeviceKey.</param>
/// <param name="GroupKey">DeviceGroupKey.</param>
public sealed record NewDevice(string Key, string GroupKey);

/// <summary>The names of devices.</summary>
public static class DeviceKeys
{
    /// <summary>A key for a device that has none: the pool's region and a UUID.</summary>
    public static string New(PoolId pool, IRandom random) => $"{pool.Region}_{random.UuidText()}";

    /// <summary>
    /// What stands in the pool's place when a device proves its secret: nine characters, a hyphen first, as Amazon's have it. No secret,
    /// so it is derived from whom it is of instead of being kept.
    /// </summary>
    public static string GroupOf(PoolId pool, Sub sub) =>
        "-" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"device-group/{pool}/{sub}")))[..8];
}
