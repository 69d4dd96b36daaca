using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>Signed tokens in JWS compact form (RFC 7515 §3.1), RS256 only.</summary>
public static class Jwt
{
    /// <summary>Characters of a token that are read at all; the largest ID token has a few thousand.</summary>
    public const int MaxLength = 32_768;

    /// <summary>Signs a JSON object with a header of exactly <c>kid</c> and <c>alg</c>.</summary>
    /// <param name="key">The key that signs and whose id the header bears.</param>
    /// <param name="payloadJsonUtf8">The claims, taken as they are.</param>
    public static string Sign(SigningKey key, ReadOnlySpan<byte> payloadJsonUtf8)
    {
        var header = key.EncodedHeader;
        var signedLength = header.Length + 1 + Base64Url.GetEncodedLength(payloadJsonUtf8.Length);
        var length = signedLength + 1 + Base64Url.GetEncodedLength(key.SignatureLength);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            header.CopyTo(buffer, 0);
            buffer[header.Length] = (byte)'.';
            Base64Url.EncodeToUtf8(payloadJsonUtf8, buffer.AsSpan(header.Length + 1));
            Span<byte> signature = stackalloc byte[512];
            var written = key.Sign(buffer.AsSpan(0, signedLength), signature);
            buffer[signedLength] = (byte)'.';
            Base64Url.EncodeToUtf8(signature[..written], buffer.AsSpan(signedLength + 1));
            return Encoding.ASCII.GetString(buffer, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>
    /// Takes a token apart without trusting it: three parts of strict base64url, a header with <c>alg</c> exactly RS256, a
    /// <c>kid</c>, and nothing that would have to be understood. False for anything else, whatever its size or content.
    /// </summary>
    public static bool TryParse(string? token, [NotNullWhen(true)] out JwtParts? parts)
    {
        parts = null;
        if (token is not { Length: > 0 and <= MaxLength }) return false;
        var payloadStart = token.IndexOf('.', StringComparison.Ordinal) + 1;
        var signatureStart = token.LastIndexOf('.') + 1;

        // A dot more would be inside the payload part, which strict base64url refuses.
        if (payloadStart == 0 || signatureStart == payloadStart) return false;
        var text = token.AsSpan();
        if (!StrictBase64Url.TryDecode(text[..(payloadStart - 1)], out var header)) return false;
        if (!StrictBase64Url.TryDecode(text[payloadStart..(signatureStart - 1)], out var payload) || payload.Length == 0) return false;
        if (!StrictBase64Url.TryDecode(text[signatureStart..], out var signature) || signature.Length == 0) return false;
        if (JwtHeader.KeyIdOfRs256(header) is not { } keyId) return false;

        parts = new JwtParts(keyId, payload, Encoding.ASCII.GetBytes(token, 0, signatureStart - 1), signature);
        return true;
    }

    /// <summary>True when the key's holder signed the token, and the token names that key.</summary>
    public static bool Verify(PublicKey key, JwtParts parts) =>
        key.KeyId == parts.KeyId && key.Verify(parts.Signed.Span, parts.Signature.Span);
}
