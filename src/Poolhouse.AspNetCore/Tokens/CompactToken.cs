using System.Text;
using System.Text.Json;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>
/// A signed token taken apart (RFC 7515 §3.1). Nothing in it is to be believed before its signature was verified by the key that
/// the pool publishes under this id.
/// </summary>
/// <param name="KeyId">The header's <c>kid</c>: a name to look up, never an address or a path.</param>
/// <param name="Payload">Bytes that should be the claims.</param>
/// <param name="Signed">What the signature covers: the first two parts as they were sent.</param>
/// <param name="Signature">The signature.</param>
internal sealed record CompactToken(string KeyId, byte[] Payload, byte[] Signed, byte[] Signature)
{
    /// <summary>Characters of a token that are looked at at all: as many as Kestrel takes for all headers together.</summary>
    public const int MaxLength = 32_768;

    private const int MaxHeaderBytes = 1024;

    private const int MaxKeyIdLength = 128;

    // RFC 7515 §4: names must be unique; of two, another reader may take the other.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Takes a token apart; null when it is not one that Cognito could have made.</summary>
    public static CompactToken? TryParse(string token)
    {
        if (token.Length > MaxLength) return null;
        var text = token.AsSpan();
        var first = text.IndexOf('.');
        var last = text.LastIndexOf('.');

        // A dot more would be inside the payload, which the alphabet refuses.
        if (first < 0 || first == last) return null;
        if (StrictBase64Url.Decode(text[..first]) is not { } header || KeyIdOf(header) is not { } keyId) return null;
        if (StrictBase64Url.Decode(text[(first + 1)..last]) is not { } payload) return null;
        if (StrictBase64Url.Decode(text[(last + 1)..]) is not { } signature) return null;
        return new CompactToken(keyId, payload, Encoding.ASCII.GetBytes(token, 0, last), signature);
    }

    /// <summary>
    /// The algorithm is ours to choose, not the token's: <c>none</c> (RFC 8725 §3.2) and HS256 with the public key as its secret
    /// (CVE-2015-9235, CVE-2016-5431) both came from believing it. Members that bring or name keys (<c>jwk</c>, <c>jku</c>,
    /// <c>x5c</c>, <c>x5u</c>; CVE-2018-0114) are never looked at.
    /// </summary>
    private static string? KeyIdOf(byte[] header)
    {
        if (header.Length > MaxHeaderBytes) return null;
        try
        {
            using var json = JsonDocument.Parse(header, Strict);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "alg"u8) != "RS256") return null;

            // RFC 7515 §4.1.11: extensions that are marked critical must be understood, and none is here.
            if (root.TryGetProperty("crit"u8, out _)) return null;
            return Text(root, "kid"u8) is { Length: > 0 and <= MaxKeyIdLength } keyId ? keyId : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for text that is not Unicode.
            return null;
        }
    }

    private static string? Text(JsonElement root, ReadOnlySpan<byte> name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
