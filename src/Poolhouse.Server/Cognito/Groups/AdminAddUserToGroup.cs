using Poolhouse.Core.Groups;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Groups;

/// <summary>
/// Puts a user into a group; tokens issued from then on say so. Safe to repeat. Of two things missing, the user is named.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
/// </summary>
internal sealed class AdminAddUserToGroup(Resources resources, IDatabase database) : IOperation<AdminAddUserToGroupRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(AdminAddUserToGroupRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await database.WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, request.GroupName!, user.Sub, ct), ct);
        return outcome switch
        {
            JoinOutcome.Member => NoOutput.Instance,
            JoinOutcome.NoGroup => throw GroupMapping.NotFound(),
            // Not LimitExceededException, which the model doesn't have here and clients would try again.
            JoinOutcome.TooMany => throw CognitoException.InvalidParameter($"A user can be in at most {Group.MostPerUser} groups."),
            _ => throw CognitoException.UserNotFound("User does not exist."),
        };
    }
}
