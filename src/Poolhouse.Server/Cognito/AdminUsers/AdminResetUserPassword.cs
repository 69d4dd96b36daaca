using Poolhouse.Core.Triggers;
using Poolhouse.Core;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Makes a password useless and sends a code for another. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html</summary>
internal sealed class AdminResetUserPassword(Resources resources, Core.Users.Recovery recovery)
    : IOperation<AdminResetUserPasswordRequest, AdminResetUserPasswordResponse>
{
    public async ValueTask<AdminResetUserPasswordResponse> HandleAsync(AdminResetUserPasswordRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await recovery.ForceAsync(pool, user, new TriggerOrigin(ClientId: null) { ClientMetadata = request.ClientMetadata }, call.Now, ct);
        return outcome.Refusal switch
        {
            null => new AdminResetUserPasswordResponse(),
            Refusal.WrongStatus => throw CognitoException.NotAuthorized("User password cannot be reset in the current state."),
            var refusal => throw Refusals.Of(refusal),
        };
    }
}
