using System.Text.Json;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>
/// Reads a JWS header by refusing. The algorithm is ours to choose, not the token's: <c>none</c> (RFC 8725 §3.2) and HS256 with the
/// public key as its secret (CVE-2015-9235, CVE-2016-5431) both came from believing it, as did CVE-2018-0114 from believing
/// <c>jwk</c>. Members that name keys (<c>jku</c>, <c>jwk</c>, <c>x5u</c>, <c>x5c</c>) are never looked at.
/// </summary>
internal static class JwtHeader
{
    private const int MaxLength = 1024;

    private const int MaxKeyIdLength = 128;

    /// <summary>The <c>kid</c> of an acceptable header, otherwise null.</summary>
    public static string? KeyIdOfRs256(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxLength) return null;
        try
        {
            return Read(json);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is the reader's word for text that is not UTF-8.
            return null;
        }
    }

    private static string? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        string? algorithm = null;
        string? keyId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // RFC 7515 §4.1.11: extensions marked critical must be understood, and we understand none.
            if (reader.ValueTextEquals("crit")) return null;
            var isAlgorithm = reader.ValueTextEquals("alg");
            var isKeyId = reader.ValueTextEquals("kid");
            reader.Read();
            if (isAlgorithm || isKeyId)
            {
                if (reader.TokenType != JsonTokenType.String) return null;

                // RFC 7515 §4: names must be unique. Another parser may take the other of the two.
                if ((isAlgorithm ? algorithm : keyId) is not null) return null;
                if (isAlgorithm) algorithm = reader.GetString();
                else keyId = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        var isWhole = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return isWhole && algorithm == "RS256" && keyId is { Length: > 0 and <= MaxKeyIdLength } ? keyId : null;
    }
}
