namespace Poolhouse.Server.Oidc;

/// <summary>
/// Headers of the endpoints that programs call: browsers of any origin may (user guide, "Token endpoint"), since no cookie counts there, and nobody
/// keeps an answer (RFC 6749 §5.1).
/// </summary>
internal static class OAuthCors
{
    public static void Share(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.CacheControl = "no-store";
        headers.Pragma = "no-cache";
    }

    /// <summary>Answers a browser's question before the call.</summary>
    public static IResult Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        headers.AccessControlMaxAge = "7200";
        return Results.Ok();
    }

    /// <summary>RFC 6749 §5.2.</summary>
    public static IResult Refuse(HttpContext http, OAuthException problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Basic realm=\"oauth2\"";
        return Results.Json(new OAuthProblem(problem.Error, problem.Description), OidcJson.Default.OAuthProblem, statusCode: problem.Status);
    }
}
