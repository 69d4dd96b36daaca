using System.Text.Json;

namespace Poolhouse.Core.Documents;

/// <summary>API_ManagedLoginBrandingType.</summary>
/// <param name="UsesProvidedValues">Whether the style is the built-in one; then there are neither settings nor assets.</param>
/// <param name="Settings">The JSON object of the branding designer; null when none was given.</param>
/// <param name="Assets">Images; at most 40.</param>
public sealed record Branding(bool UsesProvidedValues, JsonElement? Settings, IReadOnlyList<BrandingAsset> Assets);

/// <summary>API_AssetType.</summary>
public sealed record BrandingAsset(string Category, string ColorMode, string Extension, byte[]? Bytes, string? ResourceId);

/// <summary>API_DomainDescriptionType.</summary>
/// <param name="IsCustom">Whether it is a whole domain of the operator's own, not a prefix.</param>
/// <param name="CertificateArn">For a custom domain.</param>
/// <param name="SecurityPolicy">For a custom domain; null when none was given.</param>
/// <param name="ManagedLoginVersion">1: the classic pages, 2: managed login.</param>
public sealed record Domain(bool IsCustom, string? CertificateArn, string? SecurityPolicy, int ManagedLoginVersion);

/// <summary>API_IdentityProviderType.</summary>
/// <param name="Type">SAML, OIDC, Facebook, Google, LoginWithAmazon or SignInWithApple.</param>
/// <param name="Details">What the type needs, without its secret.</param>
/// <param name="AttributeMapping">From an attribute of the pool to one of the provider.</param>
/// <param name="Identifiers">Other names, unique within the pool.</param>
public sealed record IdentityProvider(
    string Type,
    IReadOnlyDictionary<string, string> Details,
    IReadOnlyDictionary<string, string> AttributeMapping,
    IReadOnlyList<string> Identifiers)
{
    /// <summary>The detail that is kept apart, sealed, for a type; null for one that has none.</summary>
    public static string? SecretName(string type) => type switch
    {
        "SAML" => null,
        "SignInWithApple" => "private_key",
        _ => "client_secret",
    };
}

/// <summary>API_ResourceServerType.</summary>
public sealed record ResourceServer(string Name, IReadOnlyList<ResourceScope> Scopes);

/// <summary>API_ResourceServerScopeType.</summary>
public sealed record ResourceScope(string Name, string Description);

/// <summary>API_TermsType.</summary>
/// <param name="Name"><c>terms-of-use</c> or <c>privacy-policy</c>.</param>
/// <param name="Source">LINK.</param>
/// <param name="Enforcement">NONE.</param>
/// <param name="Links">From a language (<c>cognito:default</c> always) to an address.</param>
public sealed record Terms(string Name, string Source, string Enforcement, IReadOnlyDictionary<string, string> Links);

/// <summary>API_UICustomizationType.</summary>
/// <param name="Css">Rules of the classes that can be customized, or null.</param>
/// <param name="Image">A logo, PNG or JPEG, or null.</param>
public sealed record UiCustomization(string? Css, byte[]? Image);
