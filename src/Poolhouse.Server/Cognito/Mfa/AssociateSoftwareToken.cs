using Poolhouse.Core.Totp;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Mfa;

/// <summary>Makes a secret for an authenticator app. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AssociateSoftwareToken.html</summary>
internal sealed class AssociateSoftwareToken(SoftwareTokenCallers callers, SoftwareTokens tokens)
    : IOperation<AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse>
{
    public async ValueTask<AssociateSoftwareTokenResponse> HandleAsync(AssociateSoftwareTokenRequest request, CallContext call, CancellationToken ct)
    {
        var caller = await callers.FindAsync(call, request.Session, ct);
        var outcome = await tokens.AssociateAsync(caller.Pool, caller.User, ct);
        return outcome.Refusal is { } refusal
            ? throw Refusals.Of(refusal)
            : new AssociateSoftwareTokenResponse { SecretCode = outcome.Value, Session = callers.Next(caller, isSetUp: false) };
    }
}
