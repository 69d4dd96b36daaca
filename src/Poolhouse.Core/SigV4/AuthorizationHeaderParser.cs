using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.SigV4;

/// <summary>Reads <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
internal static class AuthorizationHeaderParser
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const int MaxLength = 8192;

    public static AuthorizationHeader Parse(string? header, bool hasDateHeader)
    {
        if (string.IsNullOrWhiteSpace(header)) return new AuthorizationHeader.Missing();
        var parameters = Parameters(header.Trim());
        var credential = parameters.GetValueOrDefault("Credential");
        var signature = parameters.GetValueOrDefault("Signature");
        var signedHeaders = parameters.GetValueOrDefault("SignedHeaders");
        if (string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(signedHeaders) || !hasDateHeader)
            return Incomplete(header, credential, signature, signedHeaders, hasDateHeader);

        // The access key id comes first and may not hold a slash; the other four parts are fixed in number.
        return credential.Split('/') is [{ Length: > 0 } keyId, var date, var region, var service, var terminator]
            ? new AuthorizationHeader.Parsed(
                new CredentialScope(keyId, date, region, service, terminator), signedHeaders.Split(';'), signature)
            : new AuthorizationHeader.Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '" + credential + "'");
    }

    /// <summary>Name to value; empty for another scheme. A name given twice is dropped, so that it counts as absent.</summary>
    private static Dictionary<string, string> Parameters(string header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header.Length > MaxLength || !header.StartsWith(Algorithm + " ", StringComparison.Ordinal)) return parameters;
        foreach (var part in header[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !parameters.TryAdd(part[..equals], part[(equals + 1)..])) parameters[part[..equals]] = "";
        }

        return parameters;
    }

    // AWS names all that is missing at once, in this order. It used to repeat the header itself and now shows its hash, which
    // keeps a bearer token sent here by mistake out of logs of error messages.
    private static AuthorizationHeader.Incomplete Incomplete(
        string header, string? credential, string? signature, string? signedHeaders, bool hasDateHeader)
    {
        var message = new StringBuilder();
        if (string.IsNullOrEmpty(credential)) message.Append("Authorization header requires 'Credential' parameter. ");
        if (string.IsNullOrEmpty(signature)) message.Append("Authorization header requires 'Signature' parameter. ");
        if (string.IsNullOrEmpty(signedHeaders)) message.Append("Authorization header requires 'SignedHeaders' parameter. ");
        if (!hasDateHeader) message.Append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)));
        message.Append("(Hashed with SHA-256 and encoded with Base64) Authorization=").Append(hash);
        return new AuthorizationHeader.Incomplete(message.ToString());
    }
}
