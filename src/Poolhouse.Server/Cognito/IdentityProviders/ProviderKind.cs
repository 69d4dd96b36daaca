using System.Collections.Frozen;

namespace Poolhouse.Server.Cognito.IdentityProviders;

/// <summary>
/// What the details of each type of provider are (API_CreateIdentityProvider, ProviderDetails). A detail that no sign-in would
/// look at is refused, not kept.
/// </summary>
/// <param name="Required">Details without which nobody can sign in.</param>
/// <param name="Optional">Details that may be given beside them, also because Cognito answers them.</param>
/// <param name="Defaults">What is there unless it is given.</param>
/// <param name="UserId">The provider's attribute that a user's name comes from; null where the assertion's subject is it.</param>
internal sealed record ProviderKind(
    IReadOnlyList<string> Required, IReadOnlyList<string> Optional, IReadOnlyDictionary<string, string> Defaults, string? UserId)
{
    private static readonly string[] Endpoints =
        ["attributes_url", "attributes_url_add_attributes", "authorize_url", "jwks_uri", "oidc_issuer", "token_request_method", "token_url"];

    private static readonly FrozenDictionary<string, ProviderKind> ByType = new Dictionary<string, ProviderKind>(StringComparer.Ordinal)
    {
        ["SAML"] = new(
            [],
            [
                "ActiveEncryptionCertificate", "EncryptedResponses", "IDPInit", "IDPSignout", "MetadataFile", "MetadataURL",
                "RequestSigningAlgorithm", "SLORedirectBindingURI", "SSORedirectBindingURI",
            ],
            Pairs(),
            null),
        ["OIDC"] = new(
            ["attributes_request_method", "authorize_scopes", "client_id", "oidc_issuer"],
            ["client_secret", .. Endpoints],
            Pairs(("attributes_url_add_attributes", "false")),
            "sub"),
        ["Google"] = new(
            ["authorize_scopes", "client_id", "client_secret"],
            Endpoints,
            Pairs(
                ("attributes_url", "https://people.googleapis.com/v1/people/me?personFields="),
                ("attributes_url_add_attributes", "true"),
                ("authorize_url", "https://accounts.google.com/o/oauth2/v2/auth"),
                ("oidc_issuer", "https://accounts.google.com"),
                ("token_request_method", "POST"),
                ("token_url", "https://www.googleapis.com/oauth2/v4/token")),
            "sub"),
        ["Facebook"] = new(
            ["authorize_scopes", "client_id", "client_secret"],
            ["api_version", .. Endpoints],
            Pairs(
                ("attributes_url", "https://graph.facebook.com/v17.0/me?fields="),
                ("attributes_url_add_attributes", "true"),
                ("authorize_url", "https://www.facebook.com/v17.0/dialog/oauth"),
                ("token_request_method", "GET"),
                ("token_url", "https://graph.facebook.com/v17.0/oauth/access_token")),
            "id"),
        ["LoginWithAmazon"] = new(
            ["authorize_scopes", "client_id", "client_secret"],
            Endpoints,
            Pairs(
                ("attributes_url", "https://api.amazon.com/user/profile"),
                ("attributes_url_add_attributes", "false"),
                ("authorize_url", "https://www.amazon.com/ap/oa"),
                ("token_request_method", "POST"),
                ("token_url", "https://api.amazon.com/auth/o2/token")),
            "user_id"),
        ["SignInWithApple"] = new(
            ["authorize_scopes", "client_id", "key_id", "private_key", "team_id"],
            Endpoints,
            Pairs(
                ("attributes_url_add_attributes", "false"),
                ("authorize_url", "https://appleid.apple.com/auth/authorize"),
                ("oidc_issuer", "https://appleid.apple.com"),
                ("token_request_method", "POST"),
                ("token_url", "https://appleid.apple.com/auth/token")),
            "sub"),
    }.ToFrozenDictionary();

    /// <summary>The kind of a type, which the model has checked.</summary>
    public static ProviderKind Of(string type) => ByType[type];

    /// <summary>Whether a type is one provider whose name is the type itself.</summary>
    public static bool IsSocial(string type) => type is not ("SAML" or "OIDC");

    /// <summary>Whether a name is a type of its own.</summary>
    public static bool IsTypeName(string name) => ByType.ContainsKey(name) || name == "COGNITO";

    private static Dictionary<string, string> Pairs(params (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
}
