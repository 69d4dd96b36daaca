using Poolhouse.Core.Documents;

namespace Poolhouse.Server.Oidc.Providers;

/// <summary>What a provider's configuration says of how it is spoken to. API_CreateIdentityProvider, ProviderDetails.</summary>
internal sealed record ProviderDetails(string Name, IdentityProvider Provider, string? Secret)
{
    public string Type => Provider.Type;

    public string ClientId => Provider.Details.GetValueOrDefault("client_id") ?? "";

    /// <summary>Separated by spaces; Facebook's and Amazon's come with commas too.</summary>
    public string Scopes => Provider.Details.GetValueOrDefault("authorize_scopes") ?? "";

    /// <summary>Null for providers that only speak OAuth.</summary>
    public string? Issuer => this["oidc_issuer"];

    /// <summary>Whether tokens of the person come with an ID token, which alone then says who it is.</summary>
    public bool HasIdTokens => Type is "OIDC" or "Google" or "SignInWithApple";

    /// <summary>Whether the server speaks its language. SAML it doesn't.</summary>
    public bool IsSpoken => Type != "SAML";

    /// <summary>The claim of the userInfo endpoint that is the provider's own id of the person, where there are no ID tokens.</summary>
    public string SubjectClaim => Type == "LoginWithAmazon" ? "user_id" : "id";

    public bool AsksForTokensByGet => this["token_request_method"] == "GET";

    public bool AsksForAttributesByPost => this["attributes_request_method"] == "POST";

    /// <summary>A detail, or null where it is missing or empty.</summary>
    public string? this[string detail] => Provider.Details.GetValueOrDefault(detail) is { Length: > 0 } value ? value : null;

    public static ProviderDetails Of(Document document) => new(document.Key, DocumentTypes.IdentityProvider.Read(document), document.Secret?.Reveal());
}

/// <summary>Where a provider is spoken to; from its configuration, or from what it publishes.</summary>
internal sealed record ProviderEndpoints(string Authorize, string Token, string? UserInfo, string? Keys);
