using Poolhouse.Core.Triggers;
using Poolhouse.Core;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Sends a code to the caller's address. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html</summary>
internal sealed class GetUserAttributeVerificationCode(AttributeVerification verification)
    : IOperation<GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse>
{
    public async ValueTask<GetUserAttributeVerificationCodeResponse> HandleAsync(
        GetUserAttributeVerificationCodeRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await verification.SendAsync(pool, user, request.AttributeName!, new TriggerOrigin(client.Id) { ClientMetadata = request.ClientMetadata }, call.Now, ct);
        return outcome.Refusal switch
        {
            null => new GetUserAttributeVerificationCodeResponse { CodeDeliveryDetails = UserMapping.Details(outcome.Value) },
            Refusal.NoDestination => throw CognitoException.InvalidParameter($"The attribute {request.AttributeName} is not set for the user."),
            var refusal => throw Refusals.Of(refusal, client),
        };
    }
}
