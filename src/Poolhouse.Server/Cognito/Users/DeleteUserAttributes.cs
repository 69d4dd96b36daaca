using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.Users;

/// <summary>Deletes the caller's attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html</summary>
internal sealed class DeleteUserAttributes(AttributeChanges attributes) : IOperation<DeleteUserAttributesRequest, DeleteUserAttributesResponse>
{
    public async ValueTask<DeleteUserAttributesResponse> HandleAsync(DeleteUserAttributesRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, client, user, _) = call.Caller;
        var refusal = await attributes.DeleteAsync(pool, client, user, request.UserAttributeNames!, call.Now, ct);
        return refusal is null ? new DeleteUserAttributesResponse() : throw Refusals.OfDeleting(refusal);
    }
}
