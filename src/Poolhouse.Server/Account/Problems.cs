using System.Text.Json.Serialization;

namespace Poolhouse.Server.Account;

/// <summary>RFC 9457 problem details with a stable code.</summary>
/// <param name="Type">A URI reference of the kind of problem.</param>
/// <param name="Title">What happened.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do next.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">Stable, upper snake case.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Instance, string Code);

/// <summary>Writes problems. The catalogue of this API's errors.</summary>
internal static class Problems
{
    /// <summary>The bearer token is not one of this server's access tokens.</summary>
    public static IResult TokenInvalid(HttpContext http) =>
        Of(http, StatusCodes.Status401Unauthorized, "TOKEN_INVALID", "The access token is not valid.", "Sign in again and send the new access token.");

    /// <summary>The bearer token's time is over.</summary>
    public static IResult TokenExpired(HttpContext http) =>
        Of(http, StatusCodes.Status401Unauthorized, "TOKEN_EXPIRED", "The access token has expired.", "Refresh it, or sign in again.");

    /// <summary>The bearer token was revoked.</summary>
    public static IResult TokenRevoked(HttpContext http) =>
        Of(http, StatusCodes.Status401Unauthorized, "TOKEN_REVOKED", "The session has ended.", "Sign in again.");

    private static IResult Of(HttpContext http, int status, string code, string title, string detail)
    {
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        var problem = new Problem("about:blank", title, status, detail, http.Request.Path, code);
        return Results.Json(problem, AccountJson.Default.Problem, "application/problem+json", status);
    }
}

/// <summary>JSON of the account API: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HomeFeed))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(WebClientConfiguration))]
internal sealed partial class AccountJson : JsonSerializerContext;
