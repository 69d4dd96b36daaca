using Poolhouse.Core.Devices;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Removes a device of the caller. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgetDevice.html</summary>
internal sealed class ForgetDevice(TrackedDevices devices) : IOperation<ForgetDeviceRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(ForgetDeviceRequest request, CallContext call, CancellationToken ct)
    {
        var caller = DeviceMapping.CallerOf(call);
        return await devices.ForgetAsync(caller.User, request.DeviceKey!, ct) is { } refusal ? throw Refusals.Of(refusal) : NoOutput.Instance;
    }
}
