using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Writes a user's attributes, the flags of verified addresses too. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html</summary>
internal sealed class AdminUpdateUserAttributes(Resources resources, AttributeChanges attributes)
    : IOperation<AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse>
{
    public async ValueTask<AdminUpdateUserAttributesResponse> HandleAsync(
        AdminUpdateUserAttributesRequest request, CallContext call, CancellationToken ct)
    {
        var (pool, user) = await resources.UserAsync(request.UserPoolId!, request.Username!, ct);
        var outcome = await attributes.UpdateAsync(pool, client: null, user, UserMapping.Read(request.UserAttributes), request.ClientMetadata, call.Now, ct);
        return outcome.Refusal is { } refusal ? throw Refusals.Of(refusal) : new AdminUpdateUserAttributesResponse();
    }
}
