using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.Passkeys;

/// <summary>
/// What browsers are asked: PublicKeyCredentialCreationOptionsJSON and PublicKeyCredentialRequestOptionsJSON (WebAuthn L3 §5.1.9,
/// §5.1.10). Bytes are base64url without padding, as aws-amplify reads them.
/// </summary>
internal static class PasskeyOptions
{
    /// <summary>The user's handle at authenticators: nothing that says who it is.</summary>
    public static byte[] HandleOf(Sub sub) => Encoding.UTF8.GetBytes(sub.Value);

    /// <summary>For a registration.</summary>
    /// <param name="pool">Its name is shown.</param>
    /// <param name="relyingPartyId">Its own.</param>
    /// <param name="user">Whose passkey it will be.</param>
    /// <param name="challenge">To be signed.</param>
    /// <param name="lifetime">How long the browser may take.</param>
    /// <param name="known">What the user has; no authenticator is registered twice.</param>
    public static string Creation(
        UserPool pool, string relyingPartyId, User user, ReadOnlySpan<byte> challenge, TimeSpan lifetime, IReadOnlyList<Passkey> known)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        // A person knows the address better than an id that stands for it.
        var name = user["email"] ?? user["phone_number"] ?? user.Username;
        json.WriteStartObject();
        json.WriteStartObject("rp");
        json.WriteString("id", relyingPartyId);
        json.WriteString("name", pool.Name);
        json.WriteEndObject();
        json.WriteStartObject("user");
        json.WriteString("id", Base64Url.EncodeToString(HandleOf(user.Sub)));
        json.WriteString("name", pool.UsesAttributesAsUsername ? name : user.Username);
        json.WriteString("displayName", user["name"] ?? name);
        json.WriteEndObject();
        json.WriteString("challenge", Base64Url.EncodeToString(challenge));
        json.WriteStartArray("pubKeyCredParams");
        foreach (var algorithm in CoseKey.Algorithms)
        {
            json.WriteStartObject();
            json.WriteString("type", "public-key");
            json.WriteNumber("alg", algorithm);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("timeout", (long)lifetime.TotalMilliseconds);
        WriteCredentials(json, "excludeCredentials", known);
        json.WriteStartObject("authenticatorSelection");
        // A passkey is a discoverable credential: it can be offered before anybody typed a name.
        json.WriteBoolean("requireResidentKey", true);
        json.WriteString("residentKey", "required");
        json.WriteString("userVerification", VerificationOf(pool));
        json.WriteEndObject();
        json.WriteString("attestation", "none");
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>For a sign-in.</summary>
    public static string Request(UserPool pool, string relyingPartyId, ReadOnlySpan<byte> challenge, TimeSpan lifetime, IReadOnlyList<Passkey> allowed)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("challenge", Base64Url.EncodeToString(challenge));
        json.WriteNumber("timeout", (long)lifetime.TotalMilliseconds);
        json.WriteString("rpId", relyingPartyId);
        WriteCredentials(json, "allowCredentials", allowed);
        json.WriteString("userVerification", VerificationOf(pool));
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string VerificationOf(UserPool pool) => pool.Settings.Passkeys!.DemandsVerification ? PoolPasskeys.Required : PoolPasskeys.Preferred;

    private static void WriteCredentials(Utf8JsonWriter json, string name, IReadOnlyList<Passkey> passkeys)
    {
        json.WriteStartArray(name);
        foreach (var passkey in passkeys)
        {
            json.WriteStartObject();
            json.WriteString("type", "public-key");
            json.WriteString("id", passkey.Id);
            if (passkey.Transports.Count > 0)
            {
                json.WriteStartArray("transports");
                foreach (var transport in passkey.Transports) json.WriteStringValue(transport);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
