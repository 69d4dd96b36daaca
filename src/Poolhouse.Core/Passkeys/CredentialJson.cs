using System.Text.Json;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Passkeys;

/// <summary>
/// What a browser's <c>PublicKeyCredential.toJSON()</c> gives: RegistrationResponseJSON or AuthenticationResponseJSON (WebAuthn L3
/// §5.1.8), as far as it is judged. Bytes are base64url without padding.
/// </summary>
internal sealed record CredentialJson
{
    // None of these is longer than what the largest keys and attestations need; more is an attack.
    private const int LongestText = 65_536;
    private const int LongestId = 1364;

    private static readonly string[] KnownTransports = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

    private CredentialJson() { }

    /// <summary>The credential's id as text, which is one and the same for the same bytes.</summary>
    public required string Id { get; init; }

    /// <summary>response.clientDataJSON.</summary>
    public required byte[] ClientDataJson { get; init; }

    /// <summary>response.attestationObject; null in an assertion.</summary>
    public byte[]? AttestationObject { get; init; }

    /// <summary>response.authenticatorData; null in a registration.</summary>
    public byte[]? AuthenticatorData { get; init; }

    /// <summary>response.signature; null in a registration.</summary>
    public byte[]? Signature { get; init; }

    /// <summary>response.userHandle; null where the authenticator did not say.</summary>
    public byte[]? UserHandle { get; init; }

    /// <summary><c>platform</c>, <c>cross-platform</c>, or null. The browser's word only: nothing signs it.</summary>
    public string? Attachment { get; init; }

    /// <summary>How the authenticator is reached; unknown words are left out.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Reads a registration; null for anything that isn't one.</summary>
    public static CredentialJson? TryReadRegistration(JsonElement json)
    {
        try
        {
            return TryRead(json) is { AttestationObject: not null } credential ? credential : null;
        }
        // Half a surrogate pair in a name, found where names are compared.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads an assertion; null for anything that isn't one.</summary>
    public static CredentialJson? TryReadAssertion(string text)
    {
        if (text.Length > LongestText) return null;
        try
        {
            using var json = JsonDocument.Parse(text);
            return TryRead(json.RootElement) is { AuthenticatorData: not null, Signature: not null } credential ? credential : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A member's text; null where it is missing or of another kind.</summary>
    internal static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static CredentialJson? TryRead(JsonElement json)
    {
        if (Text(json, "id") is not { Length: > 0 and <= LongestId } id || !StrictBase64Url.TryDecode(id, out _)) return null;
        // Some clients leave rawId out; one that says something else is not to be trusted.
        if (Text(json, "rawId") is { } raw && raw != id) return null;
        if (Text(json, "type") is not "public-key" || !json.TryGetProperty("response", out var response)) return null;
        if (Bytes(response, "clientDataJSON") is not { } clientData) return null;
        return new CredentialJson
        {
            Id = id,
            ClientDataJson = clientData,
            AttestationObject = Bytes(response, "attestationObject"),
            AuthenticatorData = Bytes(response, "authenticatorData"),
            Signature = Bytes(response, "signature"),
            UserHandle = Bytes(response, "userHandle"),
            Attachment = Text(json, "authenticatorAttachment") is "platform" or "cross-platform" ? Text(json, "authenticatorAttachment") : null,
            Transports = TransportsOf(response),
        };
    }

    private static byte[]? Bytes(JsonElement json, string name) =>
        Text(json, name) is { Length: > 0 and <= LongestText } text && StrictBase64Url.TryDecode(text, out var bytes) ? bytes : null;

    private static string[] TransportsOf(JsonElement response) =>
        response.TryGetProperty("transports", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. KnownTransports.Where(known => list.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.String && t.ValueEquals(known)))]
            : [];
}
