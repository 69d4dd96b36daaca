using Poolhouse.Core;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Writes the caller's attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html</summary>
internal sealed class UpdateUserAttributes(AttributeChanges attributes) : IOperation<UpdateUserAttributesRequest, UpdateUserAttributesResponse>
{
    public async ValueTask<UpdateUserAttributesResponse> HandleAsync(UpdateUserAttributesRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var outcome = await attributes.UpdateAsync(pool, client, user, UserMapping.Read(request.UserAttributes), request.ClientMetadata, call.Now, ct);
        return outcome.Refusal switch
        {
            // Observed: no list, rather than an empty one, where no code was sent.
            null when outcome.Value.Deliveries.Count == 0 => new UpdateUserAttributesResponse(),
            null => new UpdateUserAttributesResponse { CodeDeliveryDetailsList = [.. outcome.Value.Deliveries.Select(UserMapping.Details)] },
            // The model has no LimitExceededException here.
            Refusal.AttemptLimit => throw CognitoException.TooManyRequests("Too many requests"),
            var refusal => throw Refusals.Of(refusal, client),
        };
    }
}
