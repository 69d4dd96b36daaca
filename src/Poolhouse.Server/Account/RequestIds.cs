using System.Text.RegularExpressions;

namespace Poolhouse.Server.Account;

/// <summary><c>X-Request-Id</c>: the caller's own, so that its log and this server's speak of one request, or one made here.</summary>
internal static partial class RequestIds
{
    private const string Header = "X-Request-Id";

    /// <summary>Answers it, and makes it the request's id in the log.</summary>
    public static void Echo(HttpContext http)
    {
        var given = http.Request.Headers[Header].ToString();
        // What isn't an id would be somebody's text in our log and headers.
        if (Id().IsMatch(given)) http.TraceIdentifier = given;
        http.Response.Headers[Header] = http.TraceIdentifier;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
