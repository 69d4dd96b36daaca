using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>Removes a group; its members stay. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html</summary>
internal sealed class DeleteGroup(Resources resources, IDatabase database) : IOperation<DeleteGroupRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(DeleteGroupRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var isDeleted = await database.WriteAsync(unit => unit.Groups.DeleteAsync(pool.Id, request.GroupName!, ct), ct);
        return isDeleted ? NoOutput.Instance : throw GroupMapping.NotFound();
    }
}
