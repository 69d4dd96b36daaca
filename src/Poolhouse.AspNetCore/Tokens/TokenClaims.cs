using System.Security.Claims;
using System.Text.Json;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>The claims of a token whose signature is good.</summary>
/// <param name="Claims">What the principal of a request gets.</param>
/// <param name="ExpiresAt">Its <c>exp</c>.</param>
/// <param name="Username">The user's, as <c>GetUser</c> names it; null in a token for a client itself.</param>
/// <param name="IsOfClientItself">Whether a client got it for itself (RFC 6749 §4.4): it names no user, and its <c>sub</c> is the client.</param>
/// <param name="HasUserScope">Whether it may use the user's own API, <c>GetUser</c> among it.</param>
internal sealed record TokenClaims(
    IReadOnlyList<Claim> Claims, DateTimeOffset ExpiresAt, string? Username, bool IsOfClientItself, bool HasUserScope)
{
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html: the scope that it needs.
    private const string UserScope = "aws.cognito.signin.user.admin";

    // 9999-12-31T23:59:59Z, the last moment that a date can hold.
    private const long LastSecond = 253_402_300_799;

    // RFC 7519 §4: claim names must be unique; readers differ on which of two they take.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>
    /// Reads and judges a payload, in the order of the user guide's "Verifying JSON web tokens": issuer, use, client, times.
    /// </summary>
    /// <param name="payload">The claims' bytes.</param>
    /// <param name="options">What is accepted.</param>
    /// <param name="now">The time.</param>
    public static (TokenClaims? Claims, TokenRefusal Refusal) Read(byte[] payload, CognitoTokenOptions options, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(payload, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement, options, now) : (null, TokenRefusal.Malformed);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return (null, TokenRefusal.Malformed);
        }
    }

    private static (TokenClaims? Claims, TokenRefusal Refusal) Read(JsonElement token, CognitoTokenOptions options, DateTimeOffset now)
    {
        if (Text(token, "iss") != options.Authority) return (null, TokenRefusal.WrongIssuer);
        var isAccess = options.TokenUse == CognitoTokenUse.Access;
        if (Text(token, "token_use") != (isAccess ? "access" : "id")) return (null, TokenRefusal.WrongUse);
        if (!IsForUs(token, isAccess, options)) return (null, TokenRefusal.WrongClient);
        if (Text(token, "sub") is not { Length: > 0 } sub) return (null, TokenRefusal.Malformed);

        if (!TryReadTime(token, "exp", out var expires) || expires is not { } end) return (null, TokenRefusal.Malformed);
        if (!TryReadTime(token, "nbf", out var notBefore) || !TryReadTime(token, "iat", out var issued)) return (null, TokenRefusal.Malformed);
        if (now >= end + options.ClockSkew) return (null, TokenRefusal.Expired);
        if (notBefore > now + options.ClockSkew || issued > now + options.ClockSkew) return (null, TokenRefusal.NotYetValid);

        var username = Text(token, isAccess ? "username" : "cognito:username");
        var scopes = (Text(token, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isOfClientItself = isAccess && username is null && sub == Text(token, "client_id");
        var claims = new TokenClaims(Map(token, sub, scopes, options.Authority), end, username, isOfClientItself, scopes.Contains(UserScope));
        return (claims, TokenRefusal.None);
    }

    /// <summary>
    /// An ID token's <c>aud</c> is its client, an access token has <c>client_id</c>. With resource binding (RFC 8707) an access token has an
    /// <c>aud</c> too, and is then for that API alone. Cognito writes one text; in a list there could be anybody besides us.
    /// </summary>
    private static bool IsForUs(JsonElement token, bool isAccess, CognitoTokenOptions options)
    {
        if (Text(token, isAccess ? "client_id" : "aud") is not { } client || !options.ClientIds.Contains(client)) return false;
        if (!isAccess || !token.TryGetProperty("aud", out _)) return true;
        return Text(token, "aud") is { } audience && (options.Audiences.Contains(audience) || audience == client);
    }

    // RFC 7519 §2 NumericDate; Cognito's are whole seconds. False for what is there and is none.
    private static bool TryReadTime(JsonElement token, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!token.TryGetProperty(name, out var value)) return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds) || seconds is < 0 or > LastSecond) return false;
        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static List<Claim> Map(JsonElement token, string sub, string[] scopes, string issuer)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, sub, ClaimValueTypes.String, issuer) };
        foreach (var member in token.EnumerateObject())
        {
            // Only we say who the user is.
            if (member.Name == ClaimTypes.NameIdentifier) continue;
            if (member.Name == "scope") claims.AddRange(scopes.Select(scope => new Claim("scope", scope, ClaimValueTypes.String, issuer)));
            else JsonClaims.Add(claims, member.Name, member.Value, issuer);
        }

        return claims;
    }

    private static string? Text(JsonElement token, string name) =>
        token.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
