using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Lets a disabled user in again. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html</summary>
internal sealed class AdminEnableUser(Resources resources, UserStates states) : IOperation<AdminEnableUserRequest, AdminEnableUserResponse>
{
    public async ValueTask<AdminEnableUserResponse> HandleAsync(AdminEnableUserRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await states.EnableAsync(pool, user, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminEnableUserResponse();
    }
}
