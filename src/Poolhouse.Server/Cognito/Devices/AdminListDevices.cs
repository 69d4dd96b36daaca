using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>A user's devices, remembered or not, by key. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListDevices.html</summary>
internal sealed class AdminListDevices(Resources resources, IDatabase database, DeviceMapping mapping, PageTokens tokens)
    : IOperation<AdminListDevicesRequest, AdminListDevicesResponse>
{
    public async ValueTask<AdminListDevicesResponse> HandleAsync(AdminListDevicesRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        // The model has no UserNotFoundException here.
        var user = await resources.FindUserAsync(pool, request.Username!, ct) ?? throw CognitoException.ResourceNotFound("User does not exist.");
        var after = tokens.Open(request.PaginationToken, nameof(AdminListDevices), request.UserPoolId, user.Sub.Value);
        var page = await database.ReadAsync(stores => stores.Devices.ListAsync(pool.Id, user.Sub, onlyRemembered: false, limit, after, ct), ct);
        return new AdminListDevicesResponse
        {
            Devices = [.. page.Items.Select(device => mapping.ToAdministrator(device, user))],
            PaginationToken = tokens.Seal(page.Next, nameof(AdminListDevices), request.UserPoolId, user.Sub.Value),
        };
    }
}
