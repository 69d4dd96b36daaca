using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// A browser and its authenticator in one, with one credential. What it says can be bent, so that each lie has a test; CBOR comes
/// from the base library, not from the code under test.
/// </summary>
public sealed class SoftwarePasskey : IDisposable
{
    private readonly ECDsa? ecdsa;
    private readonly RSA? rsa;

    /// <param name="isRsa">RS256 in place of ES256.</param>
    public SoftwarePasskey(bool isRsa = false)
    {
        if (isRsa) rsa = RSA.Create(2048);
        else ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CredentialId = RandomNumberGenerator.GetBytes(32);
    }

    /// <summary>The credential's id.</summary>
    public byte[] CredentialId { get; set; }

    /// <summary>The credential's id as text.</summary>
    public string Id => Base64Url.EncodeToString(CredentialId);

    /// <summary>The page's origin.</summary>
    public string Origin { get; set; } = "https://app.example.com";

    /// <summary>What it signs for, where not for what it was asked.</summary>
    public string? RelyingPartyId { get; set; }

    /// <summary>The challenge, where not the one it was given.</summary>
    public string? Challenge { get; set; }

    /// <summary>clientData.type, where not the right one.</summary>
    public string? Type { get; set; }

    /// <summary>Whether the person was there.</summary>
    public bool IsPresent { get; set; } = true;

    /// <summary>Whether the person was verified.</summary>
    public bool IsVerified { get; set; } = true;

    /// <summary>Whether the credential is one that is copied between devices.</summary>
    public bool IsBackupEligible { get; set; }

    /// <summary>Whether the page is framed by another origin.</summary>
    public bool IsFramed { get; set; }

    /// <summary>The last signature's counter; with <see cref="Counts"/> the next is one higher.</summary>
    public uint SignCount { get; set; }

    /// <summary>Whether it counts.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>The algorithm that the key claims to be for, where not its own.</summary>
    public int? Algorithm { get; set; }

    /// <summary>platform or cross-platform; null leaves it out.</summary>
    public string? Attachment { get; set; } = "platform";

    /// <summary>What response.userHandle says; null leaves it out.</summary>
    public string? UserHandle { get; set; }

    /// <summary>Extensions behind the credential's data, as some authenticators add them unasked.</summary>
    public bool HasExtensions { get; set; }

    /// <summary>RegistrationResponseJSON for CredentialCreationOptions.</summary>
    public JsonObject Create(JsonObject options)
    {
        UserHandle = options["user"]!["id"]!.GetValue<string>();
        var relyingParty = RelyingPartyId ?? options["rp"]!["id"]!.GetValue<string>();
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(Data(relyingParty, isRegistration: true));
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData(Type ?? "webauthn.create", options["challenge"]!.GetValue<string>())),
            ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
            ["transports"] = new JsonArray("internal", "from-the-future"),
        });
    }

    /// <summary>AuthenticationResponseJSON for CREDENTIAL_REQUEST_OPTIONS.</summary>
    public JsonObject Get(JsonObject options)
    {
        if (Counts) SignCount++;
        var data = Data(RelyingPartyId ?? options["rpId"]!.GetValue<string>(), isRegistration: false);
        var client = ClientData(Type ?? "webauthn.get", options["challenge"]!.GetValue<string>());
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = ecdsa?.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ?? rsa!.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = UserHandle,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ecdsa?.Dispose();
        rsa?.Dispose();
    }

    private JsonObject Answer(JsonObject response)
    {
        var answer = new JsonObject
        {
            ["id"] = Id, ["rawId"] = Id, ["type"] = "public-key", ["response"] = response, ["clientExtensionResults"] = new JsonObject(),
        };
        if (Attachment is not null) answer["authenticatorAttachment"] = Attachment;
        return answer;
    }

    private byte[] ClientData(string type, string challenge) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type, ["challenge"] = Challenge ?? challenge, ["origin"] = Origin, ["crossOrigin"] = IsFramed,
    }.ToJsonString());

    private byte[] Data(string relyingParty, bool isRegistration)
    {
        var flags = (IsPresent ? 0x01 : 0) | (IsVerified ? 0x04 : 0) | (IsBackupEligible ? 0x18 : 0) | (isRegistration ? 0x40 : 0) | (HasExtensions ? 0x80 : 0);
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, SignCount);
        byte[] data = [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), (byte)flags, .. counter];
        if (isRegistration) data = [.. data, .. new byte[16], (byte)(CredentialId.Length >> 8), (byte)CredentialId.Length, .. CredentialId, .. Key()];
        return HasExtensions ? [.. data, 0xA1, 0x68, .. "credBlob"u8, 0xF5] : data;
    }

    private byte[] Key()
    {
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical);
        if (ecdsa is not null)
        {
            var point = ecdsa.ExportParameters(false).Q;
            key.WriteStartMap(5);
            Pair(1, 2);
            Pair(3, Algorithm ?? -7);
            Pair(-1, 1);
            key.WriteInt32(-2);
            key.WriteByteString(point.X!);
            key.WriteInt32(-3);
            key.WriteByteString(point.Y!);
        }
        else
        {
            var modulus = rsa!.ExportParameters(false);
            key.WriteStartMap(4);
            Pair(1, 3);
            Pair(3, Algorithm ?? -257);
            key.WriteInt32(-1);
            key.WriteByteString(modulus.Modulus!);
            key.WriteInt32(-2);
            key.WriteByteString(modulus.Exponent!);
        }

        key.WriteEndMap();
        return key.Encode();

        void Pair(int name, int value)
        {
            key.WriteInt32(name);
            key.WriteInt32(value);
        }
    }
}
