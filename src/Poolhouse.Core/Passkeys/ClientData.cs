using System.Text.Json;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Passkeys;

/// <summary>What the browser says of a ceremony; the authenticator signs its hash. WebAuthn L3 §5.8.1.</summary>
/// <param name="Type"><c>webauthn.create</c> or <c>webauthn.get</c>.</param>
/// <param name="Challenge">As the server gave it.</param>
/// <param name="Origin">The origin of the page.</param>
/// <param name="IsCrossOrigin">Whether the page was framed by another origin.</param>
internal sealed record ClientData(string Type, byte[] Challenge, string Origin, bool IsCrossOrigin)
{
    /// <summary>Registration.</summary>
    public const string Create = "webauthn.create";

    /// <summary>Sign-in.</summary>
    public const string Get = "webauthn.get";

    /// <summary>The members that are judged, or null for anything else.</summary>
    public static ClientData? TryRead(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            var root = json.RootElement;
            return CredentialJson.Text(root, "type") is { } type
                && CredentialJson.Text(root, "challenge") is { } encoded
                && StrictBase64Url.TryDecode(encoded, out var challenge)
                && CredentialJson.Text(root, "origin") is { } origin
                ? new ClientData(type, challenge, origin, IsTrue(root, "crossOrigin"))
                : null;
        }
        // InvalidOperationException: half a surrogate pair, found where it is read or compared.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Anything but an explicit false or nothing counts as framed.
    private static bool IsTrue(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.False;
}
