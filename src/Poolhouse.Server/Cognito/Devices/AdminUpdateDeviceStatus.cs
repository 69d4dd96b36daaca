using Poolhouse.Core.Devices;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Says whether a device of a user is remembered; an omitted status means that it isn't. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateDeviceStatus.html</summary>
internal sealed class AdminUpdateDeviceStatus(Resources resources, TrackedDevices devices)
    : IOperation<AdminUpdateDeviceStatusRequest, AdminUpdateDeviceStatusResponse>
{
    public async ValueTask<AdminUpdateDeviceStatusResponse> HandleAsync(AdminUpdateDeviceStatusRequest request, CallContext call, CancellationToken ct)
    {
        var (_, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var isRemembered = request.DeviceRememberedStatus == DeviceMapping.Remembered;
        return await devices.RememberAsync(user, request.DeviceKey!, isRemembered, call.Now, ct) is { } refusal
            ? throw Refusals.Of(refusal)
            : new AdminUpdateDeviceStatusResponse();
    }
}
