using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>
/// Takes a user out of a group. Safe to repeat; whether there is such a group doesn't matter (observed).
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html
/// </summary>
internal sealed class AdminRemoveUserFromGroup(Resources resources, IDatabase database) : IOperation<AdminRemoveUserFromGroupRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(AdminRemoveUserFromGroupRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        await database.WriteAsync(unit => unit.Groups.RemoveMemberAsync(pool.Id, request.GroupName!, user.Sub, ct), ct);
        return NoOutput.Instance;
    }
}
