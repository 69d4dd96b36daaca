using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Devices;

/// <summary>The caller's remembered devices, by key. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListDevices.html</summary>
internal sealed class ListDevices(IDatabase database, PageTokens tokens) : IOperation<ListDevicesRequest, ListDevicesResponse>
{
    public async ValueTask<ListDevicesResponse> HandleAsync(ListDevicesRequest request, CallContext call, CancellationToken ct)
    {
        var limit = PageSize.Of(request.Limit);
        var user = call.Caller.User;
        var after = tokens.Open(request.PaginationToken, nameof(ListDevices), user.PoolId.Value, user.Sub.Value);
        var page = await database.ReadAsync(stores => stores.Devices.ListAsync(user.PoolId, user.Sub, onlyRemembered: true, limit, after, ct), ct);
        return new ListDevicesResponse
        {
            Devices = [.. page.Items.Select(DeviceMapping.ToOwner)],
            PaginationToken = tokens.Seal(page.Next, nameof(ListDevices), user.PoolId.Value, user.Sub.Value),
        };
    }
}
