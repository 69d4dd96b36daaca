using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Ends every sign-in of a user. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html</summary>
internal sealed class AdminUserGlobalSignOut(Resources resources, SignOuts signOuts)
    : IOperation<AdminUserGlobalSignOutRequest, AdminUserGlobalSignOutResponse>
{
    public async ValueTask<AdminUserGlobalSignOutResponse> HandleAsync(AdminUserGlobalSignOutRequest request, CallContext call, CancellationToken ct)
    {
        var (_, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        await signOuts.EverywhereAsync(user, client: null, call.Now, ct);
        return new AdminUserGlobalSignOutResponse();
    }
}
