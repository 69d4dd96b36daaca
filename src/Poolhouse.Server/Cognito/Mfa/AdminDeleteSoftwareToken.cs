using Poolhouse.Core.Totp;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Takes a user's authenticator app away. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html</summary>
internal sealed class AdminDeleteSoftwareToken(Resources resources, SoftwareTokens tokens)
    : IOperation<AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse>
{
    public async ValueTask<AdminDeleteSoftwareTokenResponse> HandleAsync(AdminDeleteSoftwareTokenRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await tokens.DeleteAsync(pool, user, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminDeleteSoftwareTokenResponse();
    }
}
