using System.Buffers.Binary;

namespace Poolhouse.Core.Passkeys;

/// <summary>What an authenticator says and signs. WebAuthn L3 §6.1.</summary>
internal sealed record AuthenticatorData
{
    private const int HashLength = 32;
    private const int FlagsAt = HashLength;
    private const int HeadLength = HashLength + 1 + 4;
    private const int AaguidLength = 16;
    private const int LongestCredentialId = 1023;
    private const byte PresentFlag = 0x01;
    private const byte VerifiedFlag = 0x04;
    private const byte EligibleFlag = 0x08;
    private const byte BackedUpFlag = 0x10;
    private const byte CredentialFlag = 0x40;
    private const byte ExtensionsFlag = 0x80;

    private AuthenticatorData() { }

    /// <summary>SHA-256 of the relying party's id.</summary>
    public required byte[] RelyingPartyHash { get; init; }

    /// <summary>Whether a person was there.</summary>
    public required bool IsUserPresent { get; init; }

    /// <summary>Whether the person was verified: by PIN, finger or face.</summary>
    public required bool IsUserVerified { get; init; }

    /// <summary>Whether the credential may be copied to other devices.</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>Counts signatures; 0 where the authenticator does not count.</summary>
    public required uint SignCount { get; init; }

    /// <summary>The model of the authenticator; all zeros where it doesn't say. Only in a registration.</summary>
    public Guid Aaguid { get; init; }

    /// <summary>1–1,023 bytes; null in an assertion.</summary>
    public byte[]? CredentialId { get; init; }

    /// <summary>COSE; null in an assertion.</summary>
    public byte[]? PublicKey { get; init; }

    /// <summary>The parts, or null for bytes that are not of this form to their very end.</summary>
    public static AuthenticatorData? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (CborException)
        {
            return null;
        }
    }

    private static AuthenticatorData? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength) return null;
        var flags = bytes[FlagsAt];
        // §6.1.3: what is not eligible can't have been backed up.
        if ((flags & (EligibleFlag | BackedUpFlag)) == BackedUpFlag) return null;
        var data = new AuthenticatorData
        {
            RelyingPartyHash = bytes[..HashLength].ToArray(),
            IsUserPresent = (flags & PresentFlag) != 0,
            IsUserVerified = (flags & VerifiedFlag) != 0,
            IsBackupEligible = (flags & EligibleFlag) != 0,
            SignCount = BinaryPrimitives.ReadUInt32BigEndian(bytes[(FlagsAt + 1)..]),
        };
        var rest = bytes[HeadLength..];
        if ((flags & CredentialFlag) != 0)
        {
            if (rest.Length < AaguidLength + 2) return null;
            var aaguid = new Guid(rest[..AaguidLength], bigEndian: true);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[AaguidLength..]);
            rest = rest[(AaguidLength + 2)..];
            if (length is 0 or > LongestCredentialId || rest.Length < length) return null;
            var id = rest[..length];
            rest = rest[length..];
            var key = rest[..LengthOfValue(rest)];
            rest = rest[key.Length..];
            data = data with { Aaguid = aaguid, CredentialId = id.ToArray(), PublicKey = key.ToArray() };
        }

        if ((flags & ExtensionsFlag) != 0) rest = rest[LengthOfValue(rest)..];
        return rest.IsEmpty ? data : null;
    }

    private static int LengthOfValue(ReadOnlySpan<byte> bytes)
    {
        var reader = new CborReader(bytes);
        reader.Skip();
        return reader.Position;
    }
}
