using Poolhouse.Core.Totp;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Puts an authenticator app in use by its first code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifySoftwareToken.html</summary>
internal sealed class VerifySoftwareToken(SoftwareTokenCallers callers, SoftwareTokens tokens)
    : IOperation<VerifySoftwareTokenRequest, VerifySoftwareTokenResponse>
{
    public async ValueTask<VerifySoftwareTokenResponse> HandleAsync(VerifySoftwareTokenRequest request, CallContext call, CancellationToken ct)
    {
        var caller = await callers.FindAsync(call, request.Session, ct);
        var outcome = await tokens.VerifyAsync(
            caller.Pool, caller.User, request.UserCode!, request.FriendlyDeviceName, isFirstFactorSetUp: caller.State is not null, call.Now, ct);
        return outcome.Refusal is { } refusal
            ? throw Refusals.Of(refusal)
            : new VerifySoftwareTokenResponse { Status = VerifySoftwareTokenResponseValues.Success, Session = callers.Next(caller, isSetUp: true) };
    }
}
