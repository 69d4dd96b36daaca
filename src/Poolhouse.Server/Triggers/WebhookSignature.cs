using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Server.Triggers;

/// <summary>
/// How a webhook knows that a call is this server's and new: <c>Poolhouse-Signature: v1=</c> the HMAC-SHA256, in hex, of the timestamp,
/// a full stop and the body, under the webhook's secret. The timestamp is in <c>Poolhouse-Timestamp</c>, in seconds since 1970.
/// </summary>
internal static class WebhookSignature
{
    public const string TimestampHeader = "Poolhouse-Timestamp";

    public const string SignatureHeader = "Poolhouse-Signature";

    /// <summary>The values of both headers.</summary>
    public static (string Timestamp, string Signature) Sign(byte[] secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        return (timestamp, "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed)));
    }
}
