namespace Poolhouse.Core.Identities;

/// <summary>A pool of identities. API_CreateIdentityPool.</summary>
public sealed record IdentityPool
{
    /// <summary>Unchanging.</summary>
    public required IdentityPoolId Id { get; init; }

    /// <summary>1–128 characters; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>What may be changed.</summary>
    public required IdentityPoolSettings Settings { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed; also tells whether somebody else wrote meanwhile.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }
}

/// <summary>Everything of an identity pool that can be set. Stored as one document, so members are only ever added.</summary>
public sealed record IdentityPoolSettings
{
    /// <summary>Whether there are identities without a login.</summary>
    public bool AllowsGuests { get; init; }

    /// <summary>Whether GetOpenIdToken answers. Null, which is the default, allows it as Amazon does (observed).</summary>
    public bool? AllowsClassicFlow { get; init; }

    /// <summary>Name of a public provider to the application's id there.</summary>
    public IReadOnlyDictionary<string, string> LoginProviders { get; init; } = new Dictionary<string, string>();

    /// <summary>The developer's own provider; once set it stays. Null where there is none.</summary>
    public string? DeveloperProvider { get; init; }

    /// <summary>ARNs of OpenID Connect providers.</summary>
    public IReadOnlyList<string> OpenIdProviderArns { get; init; } = [];

    /// <summary>User pools with the clients whose ID tokens count.</summary>
    public IReadOnlyList<UserPoolProvider> UserPools { get; init; } = [];

    /// <summary>At most 50.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary><c>authenticated</c> and <c>unauthenticated</c> to role ARNs.</summary>
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>();

    /// <summary>Provider, for user pools with <c>:</c> and the client, to how its logins choose their role.</summary>
    public IReadOnlyDictionary<string, RoleMapping> RoleMappings { get; init; } = new Dictionary<string, RoleMapping>();

    /// <summary>Provider to the tags that its claims become. A provider whose map was emptied is absent.</summary>
    public IReadOnlyDictionary<string, PrincipalTagMap> PrincipalTags { get; init; } = new Dictionary<string, PrincipalTagMap>();
}

/// <summary>A user pool that an identity pool believes. API_CognitoIdentityProvider.</summary>
/// <param name="Name">As it was set; <see cref="ProviderNames"/> knows its forms.</param>
/// <param name="ClientId">The <c>aud</c> of tokens that count.</param>
/// <param name="ChecksServerSide">Whether a token also has to be alive: not revoked, its user neither disabled nor deleted.</param>
public sealed record UserPoolProvider(string Name, string ClientId, bool? ChecksServerSide);

/// <summary>How logins of one provider choose their role. API_RoleMapping.</summary>
/// <param name="Type"><c>Token</c> or <c>Rules</c>.</param>
/// <param name="AmbiguousRoleResolution"><c>AuthenticatedRole</c> or <c>Deny</c>.</param>
/// <param name="Rules">1–25, the first that matches wins; null for <c>Token</c>.</param>
public sealed record RoleMapping(string Type, string AmbiguousRoleResolution, IReadOnlyList<RoleRule>? Rules);

/// <summary>One rule. API_MappingRule.</summary>
/// <param name="Claim">Name of the claim.</param>
/// <param name="MatchType"><c>Equals</c>, <c>Contains</c>, <c>StartsWith</c> or <c>NotEqual</c>.</param>
/// <param name="Value">What it is compared with, letter by letter.</param>
/// <param name="RoleArn">The role of logins that match.</param>
public sealed record RoleRule(string Claim, string MatchType, string Value, string RoleArn);

/// <summary>Names of tags to names of claims. API_SetPrincipalTagAttributeMap.</summary>
/// <param name="UsesDefaults">Whether the tags are <see cref="Defaults"/>.</param>
/// <param name="Tags">Tag to claim.</param>
public sealed record PrincipalTagMap(bool UsesDefaults, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>What Amazon calls the default mapping.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["client"] = "aud", ["username"] = "sub" };
}
