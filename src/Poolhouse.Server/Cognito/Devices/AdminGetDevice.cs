using Poolhouse.Core;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>A device of a user, remembered or not. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetDevice.html</summary>
internal sealed class AdminGetDevice(Resources resources, IDatabase database, DeviceMapping mapping)
    : IOperation<AdminGetDeviceRequest, AdminGetDeviceResponse>
{
    public async ValueTask<AdminGetDeviceResponse> HandleAsync(AdminGetDeviceRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        // The model has no UserNotFoundException here.
        var user = await resources.FindUserAsync(pool, request.Username!, ct) ?? throw CognitoException.ResourceNotFound("User does not exist.");
        var device = await database.ReadAsync(stores => stores.Devices.FindAsync(user.PoolId, user.Sub, request.DeviceKey!, ct), ct);
        return device is null
            ? throw Refusals.Of(new Refusal.DeviceNotFound())
            : new AdminGetDeviceResponse { Device = mapping.ToAdministrator(device, user) };
    }
}
