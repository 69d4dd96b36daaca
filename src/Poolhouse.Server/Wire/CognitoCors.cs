namespace Poolhouse.Server.Wire;

/// <summary>
/// CORS of the Cognito protocol: open to every origin, as Amazon's is, since no call carries ambient credentials. Exposed headers
/// are those that Amplify reads.
/// </summary>
internal static class CognitoCors
{
    /// <summary>Adds what a browser needs to read an answer.</summary>
    public static void Apply(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
    }

    /// <summary>Answers a preflight: whatever headers the client wants to send, it may.</summary>
    public static void Preflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        Apply(headers);
        headers.AccessControlAllowMethods = "POST, OPTIONS";
        var asked = http.Request.Headers.AccessControlRequestHeaders.ToString();
        headers.AccessControlAllowHeaders = asked.Length == 0 ? "*" : HeaderText.Of(asked);
        headers.AccessControlMaxAge = "172800";
        headers.Vary = "Access-Control-Request-Headers";
        http.Response.StatusCode = StatusCodes.Status200OK;
    }
}
