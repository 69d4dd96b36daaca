using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>A group. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html</summary>
internal sealed class GetGroup(Resources resources, IDatabase database) : IOperation<GetGroupRequest, GetGroupResponse>
{
    public async ValueTask<GetGroupResponse> HandleAsync(GetGroupRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var group = await database.ReadAsync(stores => stores.Groups.FindAsync(pool.Id, request.GroupName!, ct), ct);
        return new GetGroupResponse { Group = GroupMapping.ToWire(group ?? throw GroupMapping.NotFound()) };
    }
}
