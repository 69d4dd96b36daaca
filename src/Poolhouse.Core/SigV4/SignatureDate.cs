using System.Globalization;

namespace Poolhouse.Core.SigV4;

/// <summary>When a request says it was signed.</summary>
internal static class SignatureDate
{
    public const string Format = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Reads <c>x-amz-date</c>, or <c>date</c> when that is absent, in ISO 8601's basic or HTTP's own format.</summary>
    public static bool TryRead(SignedRequest request, out DateTimeOffset at, out string headerName)
    {
        var amazon = request.Header("x-amz-date");
        headerName = amazon is null ? "date" : "x-amz-date";
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(amazon ?? request.Header("date"), [Format, "r"], CultureInfo.InvariantCulture, utc, out at);
    }
}
