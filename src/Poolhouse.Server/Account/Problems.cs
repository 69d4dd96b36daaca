using Poolhouse.Core.Accounts;

namespace Poolhouse.Server.Account;

/// <summary>A refusal of the account API. The pipeline's one catch makes a problem (RFC 9457) of it, in the caller's language.</summary>
internal sealed class ProblemException(int status, string code) : Exception(code)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Stable, upper snake case; its texts are in <c>Texts/</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong with which field; null for other problems.</summary>
    public FieldErrors? Errors { get; init; }

    /// <summary>What the pool says to do, in its own words; null leaves the code's.</summary>
    public string? Detail { get; init; }

    /// <summary>Seconds after which to come back; null where that says nothing.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whom to ask for help; null where nobody is named.</summary>
    public string? Support { get; init; }
}

/// <summary>The catalogue of this API's errors: a row a code, sorted. <c>Texts/</c> has their titles and details, and a test that none lacks one.</summary>
internal static class Problems
{
    /// <summary>Code, status.</summary>
    private static readonly SortedDictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["ACCOUNT_DELETION_UNAVAILABLE"] = 503,
        ["ANSWERS_WRONG"] = 403,
        ["CODE_EXPIRED"] = 400,
        ["CODE_MISMATCH"] = 400,
        ["FILE_ENCRYPTED"] = 400,
        ["FILE_HAS_ACTIVE_CONTENT"] = 400,
        ["FILE_INFECTED"] = 400,
        ["FILE_MALFORMED"] = 400,
        ["FILE_NOT_SUPPORTED"] = 400,
        ["FILE_TOO_LARGE"] = 413,
        ["FILE_TOO_MANY_PAGES"] = 400,
        ["FILE_TOO_MANY_PIXELS"] = 400,
        ["FILE_TYPE_NOT_ACCEPTED"] = 415,
        ["FORBIDDEN"] = 403,
        ["INTERNAL_ERROR"] = 500,
        ["INVALID_CREDENTIALS"] = 401,
        ["INVITE_INVALID"] = 400,
        ["INVITE_REQUIRED"] = 400,
        ["KYC_ALREADY_REVIEWED"] = 409,
        ["KYC_CONTENT_ERASED"] = 410,
        ["KYC_QUOTA_EXCEEDED"] = 429,
        ["NOT_FOUND"] = 404,
        ["PASSWORD_NOT_ACCEPTABLE"] = 400,
        ["PASSWORD_RESET_REQUIRED"] = 403,
        ["REAUTHENTICATION_REQUIRED"] = 403,
        ["SECURITY_QUESTIONS_REQUIRED"] = 403,
        ["SESSION_INVALID"] = 401,
        ["SESSION_STORE_UNAVAILABLE"] = 503,
        ["TERMS_NOT_ACCEPTED"] = 400,
        ["TOKEN_EXPIRED"] = 401,
        ["TOKEN_INVALID"] = 401,
        ["TOKEN_REVOKED"] = 401,
        ["TOO_MANY_REQUESTS"] = 429,
        ["UPSTREAM_UNAVAILABLE"] = 503,
        ["USERNAME_TAKEN"] = 409,
        ["USER_DISABLED"] = 403,
        ["USER_EXISTS"] = 409,
        ["USER_NOT_CONFIRMED"] = 403,
        ["VALIDATION_FAILED"] = 400,
    };

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> Codes => Statuses.Keys;

    /// <summary>A problem by its code.</summary>
    public static ProblemException Of(string code) => new(Statuses[code], code);

    /// <summary>Fields are missing or not of their form.</summary>
    public static ProblemException Invalid(FieldErrors errors) => new(400, "VALIDATION_FAILED") { Errors = errors };

    /// <summary>The request is not one of this route; the detail says why.</summary>
    public static ProblemException Malformed(int status, string detail) => new(status, "VALIDATION_FAILED") { Detail = detail };

    /// <summary>The bearer token is not one of the application's access tokens.</summary>
    public static ProblemException TokenInvalid() => Of("TOKEN_INVALID");

    /// <summary>The token is of no invitation that is good here. Whom to ask stands with it.</summary>
    public static ProblemException InviteInvalid(Application application) => new(Statuses["INVITE_INVALID"], "INVITE_INVALID") { Support = application.SupportContact };

    /// <summary>There is no such thing, or it is somebody else's.</summary>
    public static ProblemException NotFound() => Of("NOT_FOUND");

    /// <summary>The caller may not do this.</summary>
    public static ProblemException Forbidden() => Of("FORBIDDEN");

    /// <summary>Too many attempts.</summary>
    public static ProblemException TooMany(int seconds) => new(429, "TOO_MANY_REQUESTS") { RetryAfterSeconds = seconds };

    /// <summary>Something this needs does not answer.</summary>
    public static ProblemException Unavailable(string code = "UPSTREAM_UNAVAILABLE") => new(503, code) { RetryAfterSeconds = 5 };
}
