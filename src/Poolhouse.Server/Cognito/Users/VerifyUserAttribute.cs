using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Verifies the caller's address by its code. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html</summary>
internal sealed class VerifyUserAttribute(AttributeVerification verification) : IOperation<VerifyUserAttributeRequest, VerifyUserAttributeResponse>
{
    public async ValueTask<VerifyUserAttributeResponse> HandleAsync(VerifyUserAttributeRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await verification.VerifyAsync(pool, client, user, request.AttributeName!, request.Code!, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal, client) : new VerifyUserAttributeResponse();
    }
}
