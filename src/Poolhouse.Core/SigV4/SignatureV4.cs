using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.SigV4;

/// <summary>
/// AWS Signature Version 4 in the Authorization header, seen from the server.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
public static class SignatureV4
{
    /// <summary>How far the time of signing may be from ours, either way.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    internal const string Terminator = "aws4_request";

    // Each name costs a walk through all headers; honest clients sign about ten.
    private const int MaxSignedHeaders = 64;

    // Covered whenever sent: the target chooses the operation, the token and the hash change what the request means. Proxies and
    // clients add other headers after signing (x-amz-user-agent in browsers), so not every x-amz- header can be asked for.
    private static readonly string[] SignedIfPresent = ["x-amz-content-sha256", "x-amz-security-token", "x-amz-target"];

    /// <summary>Reads an Authorization header. A bearer token or other scheme is Incomplete, as on AWS.</summary>
    /// <param name="authorization">The header's value, null when absent.</param>
    /// <param name="hasDateHeader">Whether the request has <c>X-Amz-Date</c> or <c>Date</c>; the message names it with the rest.</param>
    public static AuthorizationHeader Parse(string? authorization, bool hasDateHeader) =>
        AuthorizationHeaderParser.Parse(authorization, hasDateHeader);

    /// <summary>Checks a signature: scope and time first, for they need no secret, the signature last.</summary>
    /// <param name="parsed">From <see cref="Parse"/>.</param>
    /// <param name="request">The request it came with.</param>
    /// <param name="secretAccessKey">The secret of <see cref="CredentialScope.AccessKeyId"/>.</param>
    /// <param name="expected">What the signature must be for.</param>
    /// <param name="now">The time of the request.</param>
    public static SignatureOutcome Verify(
        AuthorizationHeader.Parsed parsed, SignedRequest request, string secretAccessKey, ExpectedScope expected, DateTimeOffset now)
    {
        if (!SignatureDate.TryRead(request, out var at, out var dateHeader)) return SignatureOutcome.MalformedDate;
        if (!IsInScope(parsed.Credential, at, expected)) return SignatureOutcome.ScopeMismatch;
        if (!CoversEnough(parsed.SignedHeaders, request, dateHeader)) return SignatureOutcome.HeaderNotSigned;
        if (at < now - Skew) return SignatureOutcome.Expired;
        if (at > now + Skew) return SignatureOutcome.NotYetValid;

        // The body's true hash enters the canonical request below; this only catches clients that sign another on purpose, such
        // as UNSIGNED-PAYLOAD, which only S3 allows.
        if (request.Header("x-amz-content-sha256") is { } claimed && claimed != request.BodySha256) return SignatureOutcome.BodyHashMismatch;

        return CanonicalRequest.Build(request, parsed.SignedHeaders) is not { } canonical ? SignatureOutcome.HeaderNotSigned
            : Matches(Sign(canonical, parsed.Credential, at, secretAccessKey), parsed.Signature) ? SignatureOutcome.Valid
            : SignatureOutcome.SignatureDoesNotMatch;
    }

    private static bool IsInScope(CredentialScope scope, DateTimeOffset at, ExpectedScope expected) =>
        scope.Terminator == Terminator
        && scope.Service == expected.Service
        && (expected.Region is null || scope.Region == expected.Region)
        && scope.Date == at.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static bool CoversEnough(IReadOnlyList<string> signed, SignedRequest request, string dateHeader) =>
        signed.Count <= MaxSignedHeaders
        && signed.Contains("host")
        && signed.Contains(dateHeader)
        && SignedIfPresent.All(name => signed.Contains(name) || request.Header(name) is null);

    internal static byte[] Sign(string canonical, CredentialScope scope, DateTimeOffset at, string secretAccessKey)
    {
        // Steps 2 to 4: string to sign, signing key, signature.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var date = at.ToString(SignatureDate.Format, CultureInfo.InvariantCulture);
        var key = Mac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), scope.Date);
        key = Mac(Mac(Mac(key, scope.Region), scope.Service), Terminator);
        return Mac(key, $"AWS4-HMAC-SHA256\n{date}\n{scope.Scope}\n{hash}");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    // Compared as text, because upper-case hex is another text and AWS refuses it.
    private static bool Matches(byte[] signature, string sent) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature)), Encoding.UTF8.GetBytes(sent));
}

/// <summary>What a signature must be for.</summary>
/// <param name="Service">The signing name: <c>cognito-idp</c> or <c>cognito-identity</c>.</param>
/// <param name="Region">The only region accepted; null accepts any, for clients configured with another.</param>
public sealed record ExpectedScope(string Service, string? Region);
