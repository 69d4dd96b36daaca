using Poolhouse.Core.Devices;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>Registers the device that the sign-in was given a key for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html</summary>
internal sealed class ConfirmDevice(TrackedDevices devices) : IOperation<ConfirmDeviceRequest, ConfirmDeviceResponse>
{
    public async ValueTask<ConfirmDeviceResponse> HandleAsync(ConfirmDeviceRequest request, CallContext call, CancellationToken ct)
    {
        // The words are this server's own.
        var secret = DeviceSecret.TryRead(request.DeviceSecretVerifierConfig?.Salt, request.DeviceSecretVerifierConfig?.PasswordVerifier)
            ?? throw CognitoException.InvalidParameter("Invalid device secret verifier given.");
        var outcome = await devices.ConfirmAsync(call.Caller, request.DeviceKey!, secret, request.DeviceName, call.Address, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new ConfirmDeviceResponse { UserConfirmationNecessary = outcome.Value };
    }
}
