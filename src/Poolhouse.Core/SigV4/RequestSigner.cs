using System.Globalization;

namespace Poolhouse.Core.SigV4;

/// <summary>
/// AWS Signature Version 4 in the Authorization header, seen from the client; the other side of <see cref="SignatureV4"/>. For paths whose characters
/// need no encoding, where S3's rule (encoded once) and that of other services (twice) are the same.
/// </summary>
public static class RequestSigner
{
    /// <summary>The value of <c>x-amz-date</c>.</summary>
    public static string Date(DateTimeOffset at) => at.ToString(SignatureDate.Format, CultureInfo.InvariantCulture);

    /// <summary>The value of <c>Authorization</c>.</summary>
    /// <param name="request">With every header that is to be signed, <c>host</c> and <c>x-amz-date</c> among them.</param>
    /// <param name="accessKeyId">Who signs.</param>
    /// <param name="secretAccessKey">Their secret.</param>
    /// <param name="region">Of the service.</param>
    /// <param name="service">The signing name.</param>
    /// <param name="at">The time of <c>x-amz-date</c>.</param>
    public static string Authorization(SignedRequest request, string accessKeyId, string secretAccessKey, string region, string service, DateTimeOffset at)
    {
        var scope = new CredentialScope(accessKeyId, at.ToString("yyyyMMdd", CultureInfo.InvariantCulture), region, service, SignatureV4.Terminator);
        var names = request.Headers.Select(header => header.Key.ToLowerInvariant()).Order(StringComparer.Ordinal).ToList();
        var canonical = CanonicalRequest.Build(request, names) ?? throw new InvalidOperationException("Every name is of a header of the request.");
        var signature = Convert.ToHexStringLower(SignatureV4.Sign(canonical, scope, at, secretAccessKey));
        return $"AWS4-HMAC-SHA256 Credential={accessKeyId}/{scope.Scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}";
    }
}
