using System.Text.Json;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Identities.Logins;

/// <summary>The claims of an ID token that decide whether it counts (OpenID Connect Core 1.0 §2).</summary>
/// <param name="Issuer"><c>iss</c>.</param>
/// <param name="Subject"><c>sub</c>.</param>
/// <param name="Audiences"><c>aud</c>, one or several; empty where there is none.</param>
/// <param name="ExpiresAt"><c>exp</c>, epoch seconds.</param>
/// <param name="All">Every claim.</param>
public sealed record IdTokenClaims(string Issuer, string Subject, IReadOnlyList<string> Audiences, long ExpiresAt, JsonElement All)
{
    // As much as an index and a later answer can hold; OpenID Connect Core 1.0 §2 bounds sub by 255.
    private const int MostSubject = 255;

    /// <summary>Reads a token's payload, which is to be believed only once the signature was verified; null where it is none.</summary>
    public static IdTokenClaims? TryRead(JwtParts parts)
    {
        try
        {
            using var json = JsonDocument.Parse(parts.Payload);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (Text(root, "iss") is not { } issuer || Text(root, "sub") is not { Length: > 0 and <= MostSubject } subject) return null;
            if (!root.TryGetProperty("exp", out var exp) || exp.ValueKind != JsonValueKind.Number || !exp.TryGetDouble(out var seconds)) return null;
            if (seconds is not (>= 0 and < 253_402_300_800)) return null;
            return new IdTokenClaims(issuer, subject, Values(root, "aud"), (long)seconds, root.Clone());
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A claim that is a text, or null.</summary>
    public string? Text(string name) => Text(All, name);

    /// <summary>A claim's values as texts: of a text, a number or a flag one, of a list each of its members.</summary>
    public static IReadOnlyList<string> Values(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value)) return [];
        if (value.ValueKind != JsonValueKind.Array) return One(value) is { } one ? [one] : [];
        return [.. value.EnumerateArray().Select(One).OfType<string>()];
    }

    private static string? One(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Readable(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    // Half a surrogate pair is no text.
    private static string? Readable(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Readable(value) : null;
}
