using System.Text.Json.Serialization;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Oidc;

/// <summary>
/// What the identity service publishes of itself, so that AWS STS and others can verify its OpenID tokens: OpenID Connect Discovery
/// 1.0 §3, RFC 7517.
/// </summary>
internal static class IdentityDiscovery
{
    /// <summary><c>GET /cognito-identity/.well-known/openid-configuration</c>.</summary>
    public static IResult GetConfiguration(HttpContext http, Issuer issuer)
    {
        Share(http);
        var iss = issuer.OfIdentityService;
        return Results.Json(
            new IdentityServiceMetadata(iss, iss + "/.well-known/jwks.json", ["id_token"], ["public"], ["RS256"], ["sub", "aud", "amr", "iss", "exp", "iat"]),
            IdentityDiscoveryJson.Default.IdentityServiceMetadata);
    }

    /// <summary><c>GET /cognito-identity/.well-known/jwks.json</c>.</summary>
    public static async Task<IResult> GetKeysAsync(HttpContext http, IdentityKeys keys, CancellationToken ct)
    {
        Share(http);
        var published = (await keys.GetAsync(ct)).Published
            .Select(k => new JsonWebKey("RS256", k.PublicKey.Exponent, k.KeyId, "RSA", k.PublicKey.Modulus, "sig"))
            .ToArray();
        return Results.Json(new JsonWebKeySet(published), OidcJson.Default.JsonWebKeySet);
    }

    private static void Share(HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.CacheControl = "public, max-age=300";
    }
}

/// <summary>OpenID Connect Discovery 1.0 §3 of an issuer that has no authorization endpoint.</summary>
internal sealed record IdentityServiceMetadata(
    string Issuer,
    string JwksUri,
    IReadOnlyList<string> ResponseTypesSupported,
    IReadOnlyList<string> SubjectTypesSupported,
    IReadOnlyList<string> IdTokenSigningAlgValuesSupported,
    IReadOnlyList<string> ClaimsSupported);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IdentityServiceMetadata))]
internal sealed partial class IdentityDiscoveryJson : JsonSerializerContext;
