using Poolhouse.Core;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Sets a password, permanent or to be replaced. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html</summary>
internal sealed class AdminSetUserPassword(Resources resources, PasswordChanges passwords)
    : IOperation<AdminSetUserPasswordRequest, AdminSetUserPasswordResponse>
{
    public async ValueTask<AdminSetUserPasswordResponse> HandleAsync(AdminSetUserPasswordRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await passwords.SetAsync(pool, user, request.Password!, request.Permanent ?? false, call.Now, ct);
        return outcome.Refusal switch
        {
            null => new AdminSetUserPasswordResponse(),
            Refusal.Password password => throw Refusals.Of(password.Problem, "Password does not conform to policy: "),
            var refusal => throw Refusals.Of(refusal),
        };
    }
}
