using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Keeps a user out and ends every sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html</summary>
internal sealed class AdminDisableUser(Resources resources, UserStates states) : IOperation<AdminDisableUserRequest, AdminDisableUserResponse>
{
    public async ValueTask<AdminDisableUserResponse> HandleAsync(AdminDisableUserRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await states.DisableAsync(pool, user, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminDisableUserResponse();
    }
}
