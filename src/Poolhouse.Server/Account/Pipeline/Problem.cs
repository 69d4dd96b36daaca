using Poolhouse.Server.Account.Sessions;
using Poolhouse.Server.Account.Texts;

namespace Poolhouse.Server.Account.Pipeline;

/// <summary>RFC 9457 problem details with a stable code.</summary>
/// <param name="Type">A URI reference of the kind of problem.</param>
/// <param name="Title">What happened, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do next, in the caller's language.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">Stable, upper snake case.</param>
/// <param name="Errors">What is wrong with which field; null for other problems.</param>
/// <param name="Support">Whom to ask for help; null where nobody is named.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, string Code,
    IReadOnlyDictionary<string, IReadOnlyList<ProblemField>>? Errors, string? Support)
{
    /// <summary>Writes a refusal as an answer.</summary>
    public static IResult Answer(HttpContext http, ProblemException refused, string language)
    {
        if (refused.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // RFC 6750 §3: only who was asked for a token is told about it.
        if (refused.Code is "TOKEN_INVALID" or "TOKEN_EXPIRED" or "TOKEN_REVOKED") http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        // The contract's section 3: what is no session's cookie is taken back.
        if (refused.Code == "SESSION_INVALID") SessionCookie.Clear(http.Response);
        http.Response.Headers.ContentLanguage = language;
        var text = ProblemTexts.Problem(language, refused.Code);
        var errors = refused.Errors?.ByField.ToDictionary(
            e => e.Key,
            e => (IReadOnlyList<ProblemField>)[new ProblemField(e.Value.Code, ProblemTexts.Field(language, e.Value))],
            StringComparer.Ordinal);
        var problem = new Problem("about:blank", text.Title, refused.Status, refused.Detail ?? text.Detail, http.Request.Path, refused.Code, errors, refused.Support);
        return Results.Json(problem, AccountJson.Default.Problem, "application/problem+json", refused.Status);
    }
}

/// <summary>What is wrong with a field.</summary>
/// <param name="Code">Stable, upper snake case.</param>
/// <param name="Detail">What to do about it.</param>
internal sealed record ProblemField(string Code, string Detail);
