using Poolhouse.Core.Users.Identities;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LinkedIdentities;

/// <summary>
/// Makes an account at an identity provider sign in as a user of the pool.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html
/// </summary>
internal sealed class AdminLinkProviderForUser(Resources resources, ProviderLinks links)
    : IOperation<AdminLinkProviderForUserRequest, AdminLinkProviderForUserResponse>
{
    public async ValueTask<AdminLinkProviderForUserResponse> HandleAsync(AdminLinkProviderForUserRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var source = ProviderUser.Read(request.SourceUser!, "SourceUser");
        var destination = ProviderUser.Read(request.DestinationUser!, "DestinationUser");
        if (source.IsNative)
        {
            throw CognitoException.InvalidParameter(
                "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser");
        }

        // Users who came into being at a provider are another matter of the sign-in pages; there are none without them.
        if (!destination.IsNative) throw CognitoException.UserNotFound("User does not exist.");
        var user = await resources.UserAsync(pool, destination.Value, ct);
        var refusal = await links.LinkAsync(pool, user, source.Provider, source.Attribute, source.Value, call.Now, ct);
        return refusal is null ? new AdminLinkProviderForUserResponse() : throw Refusals.Of(refusal);
    }
}
