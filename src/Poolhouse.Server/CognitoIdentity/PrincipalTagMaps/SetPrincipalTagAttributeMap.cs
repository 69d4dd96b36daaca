using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.CognitoIdentity.PrincipalTagMaps;

/// <summary>Sets which claims of a provider's tokens become principal tags. https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetPrincipalTagAttributeMap.html</summary>
internal sealed class SetPrincipalTagAttributeMap(IdentityPoolChanges changes, RoleReading reading, ProviderNames names)
    : IOperation<SetPrincipalTagAttributeMapInput, SetPrincipalTagAttributeMapResponse>
{
    public async ValueTask<SetPrincipalTagAttributeMapResponse> HandleAsync(SetPrincipalTagAttributeMapInput request, CallContext call, CancellationToken ct)
    {
        // API_SetPrincipalTagAttributeMap: the defaults, or a map of one's own; neither switches the provider's tags off.
        var map = request.UseDefaults is true
            ? new PrincipalTagMap(true, PrincipalTagMap.Defaults)
            : new PrincipalTagMap(false, request.PrincipalTags.Present());
        var provider = names.Canonical(request.IdentityProviderName!);
        await changes.ChangeSettingsAsync(request.IdentityPoolId!, settings => settings with { PrincipalTags = Put(settings, provider, map) }, call.Now, ct);
        return new SetPrincipalTagAttributeMapResponse
        {
            IdentityPoolId = request.IdentityPoolId,
            IdentityProviderName = request.IdentityProviderName,
            UseDefaults = map.UsesDefaults,
            PrincipalTags = map.Tags,
        };
    }

    private Dictionary<string, PrincipalTagMap> Put(IdentityPoolSettings settings, string provider, PrincipalTagMap map)
    {
        if (!reading.IsLogin(settings, provider)) throw CognitoException.InvalidParameter("The identity pool has no provider of this name.");
        var maps = new Dictionary<string, PrincipalTagMap>(settings.PrincipalTags, StringComparer.Ordinal);
        if (map.Tags.Count > 0) maps[provider] = map;
        else maps.Remove(provider);
        return maps;
    }
}
