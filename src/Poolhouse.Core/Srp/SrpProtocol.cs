using System.Security.Cryptography;
using System.Text;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Srp;

/// <summary>
/// The server's side of SRP-6a as Cognito's clients speak it (RFC 5054 §2.5 and §2.6, with Cognito's number format and key
/// derivation). For devices <c>poolName</c> is the device group key and <c>userIdForSrp</c> the device key; the rest is the same.
/// </summary>
public sealed class SrpProtocol(IModularExponentiation group)
{
    /// <summary>Bytes of the server's private exponent b. RFC 5054 §2.6 asks for at least 256 bits.</summary>
    public const int PrivateExponentLength = 32;

    /// <summary>Bytes of a session key.</summary>
    public const int SessionKeyLength = 16;

    private static readonly byte[] KeyInfo = "Caldera Derived Key"u8.ToArray();

    /// <summary>The verifier v = g^x, <see cref="SrpGroup.Length"/> bytes. Whoever has it can test guesses: store it sealed only.</summary>
    /// <param name="poolName">The part of the pool's id after the underscore, or a device group key.</param>
    /// <param name="userIdForSrp">The canonical user name, or a device key.</param>
    /// <param name="password">Exactly as the user typed it.</param>
    /// <param name="salt">Any bytes; hashed as a number, so leading zeros do not count.</param>
    public byte[] ComputeVerifier(string poolName, string userIdForSrp, string password, ReadOnlySpan<byte> salt)
    {
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes(poolName + userIdForSrp + ":" + password));
        var x = SHA256.HashData([.. SrpNumbers.Signed(salt), .. identity]);
        return group.ModPow(SrpGroup.GeneratorBytes, x);
    }

    /// <summary>Starts an exchange: draws b, and computes B = k·v + g^b mod N.</summary>
    public SrpServerStart Begin(ReadOnlySpan<byte> verifier, IRandom random)
    {
        while (true)
        {
            var b = random.Bytes(PrivateExponentLength);
            var power = SrpNumbers.ToInteger(group.ModPow(SrpGroup.GeneratorBytes, b));
            var publicValue = ((SrpGroup.K * SrpNumbers.ToInteger(verifier)) + power) % SrpGroup.N;

            // RFC 5054 §2.5.3: a client gives up on B = 0, so another b is drawn; nobody will see it happen.
            if (!publicValue.IsZero) return new SrpServerStart(b, SrpNumbers.ToFixed(publicValue));
        }
    }

    /// <summary>The key both sides share if the client knew the password; 16 bytes.</summary>
    /// <param name="clientPublic">A as the client sent it, unsigned, big-endian, not reduced: it is hashed as sent.</param>
    /// <param name="start">What <see cref="Begin"/> returned.</param>
    /// <param name="verifier">The same verifier that <see cref="Begin"/> had.</param>
    /// <returns>
    /// Null when A is a multiple of N or u is zero: either fixes the shared secret without the password (RFC 5054 §2.5.4), so the
    /// caller must refuse as for a wrong password.
    /// </returns>
    public byte[]? SessionKey(ReadOnlySpan<byte> clientPublic, SrpServerStart start, ReadOnlySpan<byte> verifier)
    {
        var a = SrpNumbers.ToInteger(clientPublic);
        if ((a % SrpGroup.N).IsZero) return null;
        var u = SHA256.HashData([.. SrpNumbers.Signed(clientPublic), .. SrpNumbers.Signed(start.PublicValue)]);
        if (u.AsSpan().IndexOfAnyExcept((byte)0) < 0) return null;

        var verifierToU = SrpNumbers.ToInteger(group.ModPow(verifier, u));
        var shared = group.ModPow(SrpNumbers.ToFixed(a * verifierToU % SrpGroup.N), start.PrivateExponent);

        // RFC 5869 with the salt being u and the input the shared secret, both as hashed numbers; Cognito keeps half a block.
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, SrpNumbers.Signed(shared), SessionKeyLength, SrpNumbers.Signed(u), KeyInfo);
    }

    /// <summary>What PASSWORD_CLAIM_SIGNATURE must be, before base64: HMAC-SHA256 over names, secret block and timestamp.</summary>
    public byte[] ClaimSignature(
        ReadOnlySpan<byte> key, string poolName, string userIdForSrp, ReadOnlySpan<byte> secretBlock, string timestamp) =>
        HMACSHA256.HashData(
            key, [.. Encoding.UTF8.GetBytes(poolName + userIdForSrp), .. secretBlock, .. Encoding.UTF8.GetBytes(timestamp)]);

    /// <summary>Compares PASSWORD_CLAIM_SIGNATURE as sent with what it must be, in fixed time; false for malformed base64.</summary>
    public static bool ClaimMatches(ReadOnlySpan<byte> expected, string? signatureBase64)
    {
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signatureBase64 is { Length: <= 64 }
            && Convert.TryFromBase64String(signatureBase64, sent, out var count)
            && CryptographicOperations.FixedTimeEquals(sent[..count], expected);
    }
}

/// <summary>The server's half of an exchange.</summary>
/// <param name="PrivateExponent">b, 32 bytes: secret, and for this exchange only.</param>
/// <param name="PublicValue">B at the group's full width; SRP_B is its <see cref="SrpNumbers.ToHex"/>.</param>
public sealed record SrpServerStart(byte[] PrivateExponent, byte[] PublicValue)
{
    /// <summary>Never the private exponent.</summary>
    public override string ToString() => nameof(SrpServerStart);
}
