using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Deletes a user's attributes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html</summary>
internal sealed class AdminDeleteUserAttributes(Resources resources, AttributeChanges attributes)
    : IOperation<AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse>
{
    public async ValueTask<AdminDeleteUserAttributesResponse> HandleAsync(
        AdminDeleteUserAttributesRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var refusal = await attributes.DeleteAsync(pool, client: null, user, request.UserAttributeNames!, call.Now, ct);
        return refusal is null ? new AdminDeleteUserAttributesResponse() : throw Refusals.OfDeleting(refusal);
    }
}
