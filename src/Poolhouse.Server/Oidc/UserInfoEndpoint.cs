using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Server.Oidc;

/// <summary><c>GET</c> and <c>POST /oauth2/userInfo</c>: OpenID Connect Core 1.0 §5.3; user guide, "userInfo endpoint".</summary>
internal sealed class UserInfoEndpoint(AccessTokens tokens, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        OAuthCors.Share(http);
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Refuse(http, StatusCodes.Status400BadRequest, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
        var (caller, _) = await tokens.FindCallerAsync(header[Scheme.Length..].Trim(), TokenAnswer.OpenId, clock.GetUtcNow(), ct);
        if (caller is null)
        {
            return Refuse(
                http, StatusCodes.Status401Unauthorized, "invalid_token", "Access token is expired, disabled, or deleted, or the user has globally signed out.");
        }

        var claims = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["sub"] = caller.User.Sub.Value, ["username"] = caller.User.Username };
        foreach (var (name, value) in caller.User.Attributes)
            if (AttributeRules.MayRead(caller.Client, name) && IsWithin(caller.Scopes, name)) claims[name] = value;
        return Results.Json(new Dictionary<string, string>(claims), OidcJson.Default.DictionaryStringString);
    }

    // User guide, "Scopes, M2M, and resource servers": openid alone, and profile, stand for all that the client may read.
    private static bool IsWithin(IReadOnlyList<string> scopes, string attribute)
    {
        var isNarrow = (scopes.Contains("email") || scopes.Contains("phone")) && !scopes.Contains("profile");
        if (!isNarrow) return true;
        return attribute switch
        {
            "email" or "email_verified" => scopes.Contains("email"),
            "phone_number" or "phone_number_verified" => scopes.Contains("phone"),
            _ => false,
        };
    }

    private static IResult Refuse(HttpContext http, int status, string error, string description)
    {
        http.Response.Headers.WWWAuthenticate = $"error=\"{error}\", error_description=\"{description}\"";
        return Results.Json(new OAuthProblem(error, description), OidcJson.Default.OAuthProblem, statusCode: status);
    }
}
