using System.Globalization;

namespace Poolhouse.Core.Srp;

/// <summary>The TIMESTAMP of PASSWORD_VERIFIER: <c>Sat Sep 5 13:50:15 UTC 2026</c>.</summary>
public static class SrpTimestamp
{
    private const string Format = "ddd MMM d HH:mm:ss 'UTC' yyyy";

    // AWS documents no tolerance. The timestamp only binds the claim to a moment the client names; replay is prevented by the
    // single use of the secret block, whose challenge lives minutes. So a phone whose clock is off by hours is let in, and only
    // nonsense is refused.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(24);

    /// <summary>
    /// True for an English timestamp whose weekday fits its date and whose day has no leading zero, within a day of
    /// <paramref name="now"/>. Anything else is, on AWS, a wrong password (observed 2026-09, ministack#1758).
    /// </summary>
    public static bool IsWellFormed(string? timestamp, DateTimeOffset now, out DateTimeOffset at)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(timestamp, Format, CultureInfo.InvariantCulture, utc, out at)
            && (at - now).Duration() <= Tolerance

            // The parser takes "05" and any letter case; only what it would write itself is right.
            && at.ToString(Format, CultureInfo.InvariantCulture) == timestamp;
    }
}
