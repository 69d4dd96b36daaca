using Microsoft.Extensions.Options;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Devices between Core and the wire.</summary>
internal sealed class DeviceMapping(IOptions<ServerOptions> options)
{
    /// <summary>API_UpdateDeviceStatus.DeviceRememberedStatus.</summary>
    public const string Remembered = DeviceRememberedStatusValues.Remembered;

    /// <summary>The bearer of the access token, which the model lets device calls leave out although nothing else names the user.</summary>
    public static Caller CallerOf(CallContext call) => call.MaybeCaller ?? throw CognitoException.NotAuthorized("Invalid Access Token");

    /// <summary>API_DeviceType as its user sees it (attributes observed, aws-amplify/amplify-js#12171).</summary>
    public static DeviceType ToOwner(Device device) => ToWire(device, [.. Shared(device)]);

    /// <summary>API_DeviceType as an administrator sees it (attributes of the AWS CLI's example of admin-list-devices).</summary>
    public DeviceType ToAdministrator(Device device, User user)
    {
        var owner = $"{user.Username}.{device.PoolId}";
        var arn = $"arn:aws:cognito-idp:{device.PoolId.Region}:{options.Value.AccountId}:owner/{owner}/device/{device.Key}";
        return ToWire(
            device,
            [
                .. Shared(device),
                Attribute("dev:device_arn", arn),
                Attribute("dev:device_owner", owner),
                Attribute("dev:device_remembered_status", device.IsRemembered ? Remembered : DeviceRememberedStatusValues.NotRemembered),
            ]);
    }

    private static IEnumerable<AttributeType> Shared(Device device)
    {
        // Amazon's other status isn't documented; what is registered is valid.
        yield return Attribute("device_status", "valid");
        if (device.Name is { } name) yield return Attribute("device_name", name);
        if (device.LastAddress is { } address) yield return Attribute("last_ip_used", address);
    }

    private static DeviceType ToWire(Device device, IReadOnlyList<AttributeType> attributes) => new()
    {
        DeviceKey = device.Key,
        DeviceAttributes = attributes,
        DeviceCreateDate = device.CreatedAt,
        DeviceLastModifiedDate = device.ModifiedAt,
        // Observed: whole seconds, where the other two have milliseconds.
        DeviceLastAuthenticatedDate = DateTimeOffset.FromUnixTimeSeconds(device.AuthenticatedAt.ToUnixTimeSeconds()),
    };

    private static AttributeType Attribute(string name, string value) => new() { Name = name, Value = value };
}
