using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>
/// Changes what is given of a group and keeps the rest: unlike other updates, this one merges.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html
/// </summary>
internal sealed class UpdateGroup(Resources resources, IDatabase database) : IOperation<UpdateGroupRequest, UpdateGroupResponse>
{
    public async ValueTask<UpdateGroupResponse> HandleAsync(UpdateGroupRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        // Observed: an empty description keeps the old one, so none can be removed; a call that sets nothing leaves
        // LastModifiedDate alone, one that sets what is there already moves it.
        var change = new GroupChange(request.Description is "" ? null : request.Description, request.RoleArn, request.Precedence);
        var group = change == new GroupChange(null, null, null)
            ? await database.ReadAsync(stores => stores.Groups.FindAsync(pool.Id, request.GroupName!, ct), ct)
            : await database.WriteAsync(unit => unit.Groups.UpdateAsync(pool.Id, request.GroupName!, change, call.Now, ct), ct);
        return new UpdateGroupResponse { Group = GroupMapping.ToWire(group ?? throw GroupMapping.NotFound()) };
    }
}
