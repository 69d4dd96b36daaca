using Poolhouse.Core;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>A remembered device of the caller. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetDevice.html</summary>
internal sealed class GetDevice(IDatabase database) : IOperation<GetDeviceRequest, GetDeviceResponse>
{
    public async ValueTask<GetDeviceResponse> HandleAsync(GetDeviceRequest request, CallContext call, CancellationToken ct)
    {
        var user = DeviceMapping.CallerOf(call).User;
        var device = await database.ReadAsync(stores => stores.Devices.FindAsync(user.PoolId, user.Sub, request.DeviceKey!, ct), ct);
        // A user doesn't see a device that isn't remembered (AWS Mobile Blog, "Tracking and remembering devices").
        return device is { IsRemembered: true }
            ? new GetDeviceResponse { Device = DeviceMapping.ToOwner(device) }
            : throw Refusals.Of(new Refusal.DeviceNotFound());
    }
}
