using System.Text.Json.Serialization;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Server.Oidc;

/// <summary>RFC 6749 §5.1, OpenID Connect Core 1.0 §3.1.3.3.</summary>
internal sealed record TokenAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdToken,
    string AccessToken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    int ExpiresIn,
    string TokenType)
{
    /// <summary>The scope without which there is no ID token.</summary>
    public const string OpenId = "openid";

    /// <summary>A user's tokens. Sign-ins through the API have no OAuth scopes, and their ID token with every refresh.</summary>
    public static TokenAnswer Of(IssuedTokens tokens) => new(
        tokens.Scopes.Contains(OpenId) || tokens.Scopes is [TokenIssuer.UserScope] ? tokens.IdToken : null,
        tokens.AccessToken,
        tokens.RefreshToken,
        (int)tokens.AccessLifetime.TotalSeconds,
        "Bearer");

    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>RFC 6749 §5.2.</summary>
internal sealed record OAuthProblem(
    string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorDescription);
