using Poolhouse.Core.Devices;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Removes a device of a user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminForgetDevice.html</summary>
internal sealed class AdminForgetDevice(Resources resources, TrackedDevices devices) : IOperation<AdminForgetDeviceRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(AdminForgetDeviceRequest request, CallContext call, CancellationToken ct)
    {
        var (_, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        return await devices.ForgetAsync(user, request.DeviceKey!, ct) is { } refusal ? throw Refusals.Of(refusal) : NoOutput.Instance;
    }
}
