using System.Text.Json.Serialization;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Oidc;

/// <summary>What a pool publishes of itself: OpenID Connect Discovery 1.0 §3, RFC 7517. Both vary on nothing, so anybody may cache them.</summary>
internal static class Discovery
{
    /// <summary><c>GET /{poolId}/.well-known/openid-configuration</c>.</summary>
    public static async Task<IResult> GetConfigurationAsync(HttpContext http, string poolId, Catalog catalog, Issuer issuer, CancellationToken ct)
    {
        if (await catalog.FindPoolAsync(new PoolId(poolId), ct) is not { } pool) return NotFound(http);
        Share(http);
        var iss = issuer.Of(pool.Id);
        return Results.Json(
            new ProviderMetadata(
                issuer.PublicUrl + "/oauth2/authorize",
                issuer.PublicUrl + "/logout",
                ["RS256"],
                iss,
                iss + "/.well-known/jwks.json",
                ["code", "token"],
                issuer.PublicUrl + "/oauth2/revoke",
                ["openid", "email", "phone", "profile"],
                ["public"],
                issuer.PublicUrl + "/oauth2/token",
                ["client_secret_basic", "client_secret_post"],
                issuer.PublicUrl + "/oauth2/userInfo"),
            OidcJson.Default.ProviderMetadata);
    }

    /// <summary><c>GET /{poolId}/.well-known/jwks.json</c>.</summary>
    public static async Task<IResult> GetKeysAsync(HttpContext http, string poolId, Catalog catalog, PoolKeys keys, CancellationToken ct)
    {
        if (await catalog.FindPoolAsync(new PoolId(poolId), ct) is not { } pool) return NotFound(http);
        Share(http);
        var set = await keys.GetAsync(pool.Id, ct);
        var published = set.Published
            .Select(k => new JsonWebKey("RS256", k.PublicKey.Exponent, k.KeyId, "RSA", k.PublicKey.Modulus, "sig"))
            .ToArray();
        return Results.Json(new JsonWebKeySet(published), OidcJson.Default.JsonWebKeySet);
    }

    private static void Share(HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        // Short enough that a rotation, which publishes the next key a while before it signs, is seen in time.
        http.Response.Headers.CacheControl = "public, max-age=300";
    }

    private static IResult NotFound(HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Json(new MissingPool("User pool does not exist."), OidcJson.Default.MissingPool, statusCode: StatusCodes.Status404NotFound);
    }
}

/// <summary>OpenID Connect Discovery 1.0 §3; members in the order in which Cognito has them.</summary>
internal sealed record ProviderMetadata(
    string AuthorizationEndpoint,
    string EndSessionEndpoint,
    IReadOnlyList<string> IdTokenSigningAlgValuesSupported,
    string Issuer,
    string JwksUri,
    IReadOnlyList<string> ResponseTypesSupported,
    string RevocationEndpoint,
    IReadOnlyList<string> ScopesSupported,
    IReadOnlyList<string> SubjectTypesSupported,
    string TokenEndpoint,
    IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    string UserinfoEndpoint);

/// <summary>RFC 7517 §4, RFC 7518 §6.3.1; members in the order in which Cognito has them.</summary>
internal sealed record JsonWebKey(string Alg, string E, string Kid, string Kty, string N, string Use);

/// <summary>RFC 7517 §5.</summary>
internal sealed record JsonWebKeySet(IReadOnlyList<JsonWebKey> Keys);

/// <summary>The answer for a pool that isn't there.</summary>
internal sealed record MissingPool(string Message);

/// <summary>JSON of the OpenID Connect endpoints: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonWebKeySet))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(MissingPool))]
[JsonSerializable(typeof(OAuthProblem))]
[JsonSerializable(typeof(ProviderMetadata))]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class OidcJson : JsonSerializerContext;
