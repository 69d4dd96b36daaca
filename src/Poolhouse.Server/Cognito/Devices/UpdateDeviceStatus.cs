using Poolhouse.Core.Devices;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Says whether a device of the caller is remembered; an omitted status means that it isn't. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateDeviceStatus.html</summary>
internal sealed class UpdateDeviceStatus(TrackedDevices devices) : IOperation<UpdateDeviceStatusRequest, UpdateDeviceStatusResponse>
{
    public async ValueTask<UpdateDeviceStatusResponse> HandleAsync(UpdateDeviceStatusRequest request, CallContext call, CancellationToken ct)
    {
        var isRemembered = request.DeviceRememberedStatus == DeviceMapping.Remembered;
        return await devices.RememberAsync(call.Caller.User, request.DeviceKey!, isRemembered, call.Now, ct) is { } refusal
            ? throw Refusals.Of(refusal)
            : new UpdateDeviceStatusResponse();
    }
}
