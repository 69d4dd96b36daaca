using Poolhouse.Core.Identities;
using Poolhouse.Protocol.CognitoIdentity;

namespace Poolhouse.Server.CognitoIdentity;

/// <summary>Pools and identities as the wire has them; what is empty is left out.</summary>
internal static class IdentityMapping
{
    /// <summary>A pool.</summary>
    public static Protocol.CognitoIdentity.IdentityPool ToWire(Core.Identities.IdentityPool pool) => new()
    {
        IdentityPoolId = pool.Id.Value,
        IdentityPoolName = pool.Name,
        AllowUnauthenticatedIdentities = pool.Settings.AllowsGuests,
        AllowClassicFlow = pool.Settings.AllowsClassicFlow,
        SupportedLoginProviders = OrNull(pool.Settings.LoginProviders),
        DeveloperProviderName = pool.Settings.DeveloperProvider,
        OpenIdConnectProviderARNs = pool.Settings.OpenIdProviderArns is { Count: > 0 } arns ? arns : null,
        CognitoIdentityProviders = pool.Settings.UserPools.Count == 0 ? null : [.. pool.Settings.UserPools.Select(p => new CognitoIdentityProvider
        {
            ProviderName = p.Name,
            ClientId = p.ClientId,
            ServerSideTokenCheck = p.ChecksServerSide,
        })],
        IdentityPoolTags = OrNull(pool.Settings.Tags),
    };

    /// <summary>An identity: names of providers, never who it is there.</summary>
    public static IdentityDescription ToWire(Identity identity) => new()
    {
        IdentityId = identity.Id.Value,
        Logins = identity.Logins.Count == 0 ? null : [.. identity.Logins.Select(l => l.Provider).Distinct(StringComparer.Ordinal)],
        CreationDate = identity.CreatedAt,
        LastModifiedDate = identity.ModifiedAt,
    };

    /// <summary>A map, or null where it is empty.</summary>
    public static IReadOnlyDictionary<string, T>? OrNull<T>(IReadOnlyDictionary<string, T> map) => map.Count == 0 ? null : map;
}
