using Poolhouse.Core.Users.Identities;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LinkedIdentities;

/// <summary>
/// Ends a link between an account at a provider and a user; of a user of the pool itself, the password.
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html
/// </summary>
internal sealed class AdminDisableProviderForUser(Resources resources, ProviderLinks links)
    : IOperation<AdminDisableProviderForUserRequest, AdminDisableProviderForUserResponse>
{
    public async ValueTask<AdminDisableProviderForUserResponse> HandleAsync(
        AdminDisableProviderForUserRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var named = ProviderUser.Read(request.User!, "User");
        var refusal = named.IsNative
            ? await links.DisablePasswordAsync(pool, await resources.UserAsync(pool, named.Value, ct), call.Now, ct)
            : await links.UnlinkAsync(pool, named.Provider, named.Attribute, named.Value, call.Now, ct);
        return refusal is null ? new AdminDisableProviderForUserResponse() : throw Refusals.Of(refusal);
    }
}
