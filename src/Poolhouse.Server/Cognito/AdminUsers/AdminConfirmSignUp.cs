using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Confirms a sign-up without a code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html</summary>
internal sealed class AdminConfirmSignUp(Resources resources, UserStates states) : IOperation<AdminConfirmSignUpRequest, AdminConfirmSignUpResponse>
{
    public async ValueTask<AdminConfirmSignUpResponse> HandleAsync(AdminConfirmSignUpRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await states.ConfirmAsync(pool, user, new TriggerOrigin(ClientId: null) { ClientMetadata = request.ClientMetadata }, call.Now, ct, call.Companion);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminConfirmSignUpResponse();
    }
}
