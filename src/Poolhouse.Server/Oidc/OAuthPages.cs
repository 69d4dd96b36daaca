namespace Poolhouse.Server.Oidc;

/// <summary>Where the OAuth endpoints send browsers.</summary>
internal static class OAuthPages
{
    /// <summary>
    /// What Cognito shows at /error, and nothing of the request: the client, or its address, is not known, so there is nowhere to send the browser. It is
    /// shown in place, so that no answer to such a request is a redirect at all.
    /// </summary>
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
}
