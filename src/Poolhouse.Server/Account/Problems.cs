using System.Text.Json.Serialization;
using Poolhouse.Server.Account.Authentication;

namespace Poolhouse.Server.Account;

/// <summary>RFC 9457 problem details with a stable code.</summary>
/// <param name="Type">A URI reference of the kind of problem.</param>
/// <param name="Title">What happened.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do next.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">Stable, upper snake case.</param>
/// <param name="Errors">What is wrong with which field; null for other problems.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, string Code, IReadOnlyDictionary<string, IReadOnlyList<FieldError>>? Errors = null);

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

    /// <summary>Fields are missing or not of their form.</summary>
    public static IResult Invalid(HttpContext http, FieldErrors errors) =>
        Of(http, StatusCodes.Status400BadRequest, "VALIDATION_FAILED", "Some fields are not valid.", "Look at errors.", errors.ByField);

    /// <summary>The body is not JSON of the right form.</summary>
    public static IResult MalformedBody(HttpContext http) =>
        Of(http, StatusCodes.Status400BadRequest, "VALIDATION_FAILED", "The body is not JSON of the expected form.", "Send an object with the fields of this route.");

    /// <summary>The body is of another type.</summary>
    public static IResult NotJson(HttpContext http) =>
        Of(http, StatusCodes.Status415UnsupportedMediaType, "VALIDATION_FAILED", "The body must be JSON.", "Send Content-Type: application/json.");

    /// <summary>The body is too long.</summary>
    public static IResult TooLarge(HttpContext http) =>
        Of(http, StatusCodes.Status413PayloadTooLarge, "VALIDATION_FAILED", "The body is too large.", "Send at most 64 KiB.");

    /// <summary>The terms have to be accepted.</summary>
    public static IResult TermsNotAccepted(HttpContext http) =>
        Of(http, StatusCodes.Status400BadRequest, "TERMS_NOT_ACCEPTED", "The terms were not accepted.", "Send accept_terms: true once the person has accepted them.");

    /// <summary>Too many attempts.</summary>
    public static IResult TooMany(HttpContext http, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Of(http, StatusCodes.Status429TooManyRequests, "TOO_MANY_REQUESTS", "Too many attempts.", "Wait a while and try again.");
    }

    /// <summary>Something this needs does not answer.</summary>
    public static IResult Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "5";
        return Of(http, StatusCodes.Status503ServiceUnavailable, "UPSTREAM_UNAVAILABLE", "The service is not available right now.", "Try again in a moment.");
    }

    /// <summary>Something broke here; what it was is in the log, under the request's id.</summary>
    public static IResult InternalError(HttpContext http) =>
        Of(http, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", "Something went wrong.", "Try again; if it stays, tell the operator the X-Request-Id.");

    /// <summary>A problem by its parts.</summary>
    public static IResult Of(
        HttpContext http, int status, string code, string title, string detail, IReadOnlyDictionary<string, IReadOnlyList<FieldError>>? errors = null)
    {
        // RFC 6750 §3: only who was asked for a token is told about it.
        if (code is "TOKEN_INVALID" or "TOKEN_EXPIRED" or "TOKEN_REVOKED") http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        var problem = new Problem("about:blank", title, status, detail, http.Request.Path, code, errors);
        return Results.Json(problem, AccountJson.Default.Problem, "application/problem+json", status);
    }
}

/// <summary>JSON of the account API: snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChangePasswordBody))]
[JsonSerializable(typeof(HomeFeed))]
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(LogoutBody))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RequestOtpBody))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(VerifyOtpBody))]
[JsonSerializable(typeof(WebClientConfiguration))]
internal sealed partial class AccountJson : JsonSerializerContext;
