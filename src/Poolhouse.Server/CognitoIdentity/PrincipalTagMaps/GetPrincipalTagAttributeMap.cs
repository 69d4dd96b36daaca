using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.PrincipalTagMaps;

/// <summary>Which claims of a provider's tokens become principal tags; none are nothing to be found (observed). https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetPrincipalTagAttributeMap.html</summary>
internal sealed class GetPrincipalTagAttributeMap(IdentityPoolChanges pools, ProviderNames names)
    : IOperation<GetPrincipalTagAttributeMapInput, GetPrincipalTagAttributeMapResponse>
{
    public async ValueTask<GetPrincipalTagAttributeMapResponse> HandleAsync(GetPrincipalTagAttributeMapInput request, CallContext call, CancellationToken ct)
    {
        var pool = await pools.GetAsync(request.IdentityPoolId!, ct);
        if (!pool.Settings.PrincipalTags.TryGetValue(names.Canonical(request.IdentityProviderName!), out var map))
            throw CognitoException.ResourceNotFound("Principal tag attribute map not found.");
        return new GetPrincipalTagAttributeMapResponse
        {
            IdentityPoolId = pool.Id.Value,
            IdentityProviderName = request.IdentityProviderName,
            UseDefaults = map.UsesDefaults,
            PrincipalTags = map.Tags,
        };
    }
}
