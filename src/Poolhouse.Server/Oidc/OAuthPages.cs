using Microsoft.AspNetCore.WebUtilities;

namespace Poolhouse.Server.Oidc;

/// <summary>Where the OAuth endpoints send browsers.</summary>
internal static class OAuthPages
{
    /// <summary>To this server's own page: the client, or its address, is not known.</summary>
    public static IResult ToError(string error, string? clientId) => Results.Redirect(
        QueryHelpers.AddQueryString("/error", new Dictionary<string, string?>(StringComparer.Ordinal) { ["error"] = error, ["client_id"] = clientId }));

    /// <summary>Back to the client with what went wrong (RFC 6749 §4.1.2.1, §4.2.2.1).</summary>
    public static IResult ToClient(string redirectUri, bool isImplicit, string? state, OAuthException problem) => ToClient(
        redirectUri,
        isImplicit,
        [new("error_description", problem.Description), new("error", problem.Error), new("state", state)]);

    /// <summary>Back to the client: in the query, or for the implicit grant in the fragment.</summary>
    public static IResult ToClient(string redirectUri, bool isImplicit, IEnumerable<KeyValuePair<string, string?>> parameters)
    {
        var text = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
        var separator = isImplicit ? '#' : redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Results.Redirect(redirectUri + separator + text);
    }

    /// <summary><c>GET /error</c>: what Cognito shows there, and nothing of the request.</summary>
    public static IResult Error(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        return Results.Text(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Sign-in</title>"
            + "<h1>An error was encountered with the requested page.</h1><p>Go back to the application and sign in again. If it happens again, tell whoever runs it.</p></html>",
            "text/html; charset=utf-8",
            statusCode: StatusCodes.Status400BadRequest);
    }
}
