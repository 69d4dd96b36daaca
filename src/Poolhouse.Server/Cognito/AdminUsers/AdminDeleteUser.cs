using Poolhouse.Core;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Removes a user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html</summary>
internal sealed class AdminDeleteUser(Resources resources, UserStates states) : IOperation<AdminDeleteUserRequest, NoOutput>
{
    public async ValueTask<NoOutput> HandleAsync(AdminDeleteUserRequest request, CallContext call, CancellationToken ct)
    {
        var (_, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        return await states.DeleteAsync(user, call.Now, ct) ? NoOutput.Instance : throw Refusals.Of(new Refusal.UserNotFound());
    }
}
