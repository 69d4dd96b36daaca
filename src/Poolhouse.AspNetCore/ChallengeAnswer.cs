using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Poolhouse.AspNetCore;

/// <summary>
/// The status of a refused request. A policy may name several schemes, each of which is asked to answer: "not known at this time"
/// of one outweighs "no" of another, whichever comes first.
/// </summary>
internal static class ChallengeAnswer
{
    private const int RetryAfterSeconds = 1;

    /// <summary>503: whether the caller may is not known.</summary>
    public static void Unavailable(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>401: who calls is not known.</summary>
    public static void Unauthorized(HttpResponse response)
    {
        if (response.StatusCode is not (StatusCodes.Status503ServiceUnavailable or StatusCodes.Status403Forbidden))
            response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    /// <summary>403: the caller may not.</summary>
    public static void Forbidden(HttpResponse response)
    {
        if (response.StatusCode != StatusCodes.Status503ServiceUnavailable) response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
