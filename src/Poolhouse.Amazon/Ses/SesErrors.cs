using System.Globalization;
using System.Net;
using System.Text;

namespace Poolhouse.Amazon.Ses;

/// <summary>SES's errors, read from header and body, and what they mean for a message.</summary>
internal static class SesErrors
{
    private const int LongestName = 64;

    /// <summary>The error's bare name: <c>x-amzn-ErrorType</c> may have a namespace before it and a URL behind it.</summary>
    public static string NameOf(HttpResponseMessage response)
    {
        var text = response.Headers.TryGetValues("x-amzn-ErrorType", out var values) ? values.First() : "";
        return text.Split(':')[0].Split('#')[^1].Trim();
    }

    /// <summary>
    /// API_SendEmail, Errors. Refused is only what lies in the message; what lies in the account, its limits or the network can be mended before the message is
    /// too old, as with SMTP.
    /// </summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="name">Of the error; empty when none was given.</param>
    /// <param name="message">Its text, which names what was wrong but may name addresses too.</param>
    public static SesOutcome Outcome(HttpStatusCode status, string name, string message) => name switch
    {
        // The same name tells of an identity that the account hasn't verified: the sender, or in the sandbox anybody. An operator mends that.
        "MessageRejected" or "MessageRejectedException" when message.Contains("not verified", StringComparison.OrdinalIgnoreCase) => new SesOutcome.Unavailable("ses-identity-not-verified"),
        "MessageRejected" or "MessageRejectedException" or "BadRequestException" => new SesOutcome.Refused(Reason(name, status)),
        _ => new SesOutcome.Unavailable(Reason(name, status)),
    };

    /// <summary><c>TooManyRequestsException</c> to <c>ses-too-many-requests</c>; without a name the status.</summary>
    public static string Reason(string name, HttpStatusCode status)
    {
        var bare = name.EndsWith("Exception", StringComparison.Ordinal) ? name[..^"Exception".Length] : name;
        if (bare.Length is 0 or > LongestName || !bare.All(char.IsAsciiLetterOrDigit)) return string.Create(CultureInfo.InvariantCulture, $"ses-{(int)status}");
        var reason = new StringBuilder("ses");
        foreach (var letter in bare)
        {
            if (char.IsAsciiLetterUpper(letter) || reason.Length == "ses".Length) reason.Append('-');
            reason.Append(char.ToLowerInvariant(letter));
        }

        return reason.ToString();
    }
}
