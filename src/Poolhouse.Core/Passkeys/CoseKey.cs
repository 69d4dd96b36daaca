using System.Security.Cryptography;

namespace Poolhouse.Core.Passkeys;

/// <summary>
/// A credential's public key as the authenticator encodes it (RFC 9052 §7, RFC 9053): ES256 on P-256, or RS256. Those two are
/// what every passkey provider can do (WebAuthn L3 §5.4 recommends to offer both) and what the base library verifies.
/// </summary>
internal static class CoseKey
{
    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public const int Es256 = -7;

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public const int Rs256 = -257;

    /// <summary>What a registration offers, the preferred first.</summary>
    public static IReadOnlyList<int> Algorithms { get; } = [Es256, Rs256];

    private const int KeyType = 1;
    private const int Algorithm = 3;
    private const int EllipticCurve2 = 2;
    private const int Rsa = 3;
    private const int P256 = 1;
    private const int CoordinateLength = 32;
    private const int LeastModulusBits = 2048;
    private const int MostModulusLength = 1024;

    /// <summary>Whether the bytes are a key that <see cref="Verify"/> can use.</summary>
    public static bool IsSupported(ReadOnlySpan<byte> key)
    {
        try
        {
            var (ecdsa, rsa) = Import(key);
            ecdsa?.Dispose();
            rsa?.Dispose();
            return true;
        }
        catch (Exception e) when (e is CborException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether the signature over the data is of this key; an ES256 signature is DER (WebAuthn L3 §6.5.5).</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var (ecdsa, rsa) = Import(key);
        using (ecdsa)
        using (rsa)
        {
            return ecdsa is not null
                ? ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                : rsa!.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    private static (ECDsa? Ecdsa, RSA? Rsa) Import(ReadOnlySpan<byte> key)
    {
        var reader = new CborReader(key);
        long type = 0, algorithm = 0, curve = 0;
        byte[] first = [], second = [], third = [];
        for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
        {
            switch (reader.ReadInteger())
            {
                case KeyType:
                    type = reader.ReadInteger();
                    break;
                case Algorithm:
                    algorithm = reader.ReadInteger();
                    break;
                // Of an elliptic curve the curve, of RSA the modulus.
                case -1 when type == EllipticCurve2:
                    curve = reader.ReadInteger();
                    break;
                case -1:
                    first = reader.ReadBytes().ToArray();
                    break;
                case -2:
                    second = reader.ReadBytes().ToArray();
                    break;
                case -3:
                    third = reader.ReadBytes().ToArray();
                    break;
                default:
                    throw new CborException();
            }
        }

        if (!reader.IsAtEnd) throw new CborException();
        return (type, algorithm) switch
        {
            (EllipticCurve2, Es256) when curve == P256 && second.Length == CoordinateLength && third.Length == CoordinateLength => (Curve(second, third), null),
            (Rsa, Rs256) when first.Length is > 0 and <= MostModulusLength && second.Length is > 0 and <= 8 => (null, Modulus(first, second)),
            _ => throw new CborException(),
        };
    }

    // Import refuses a point that is not on the curve.
    private static ECDsa Curve(byte[] x, byte[] y) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });

    private static RSA Modulus(byte[] modulus, byte[] exponent)
    {
        var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        if (rsa.KeySize >= LeastModulusBits) return rsa;
        rsa.Dispose();
        throw new CborException();
    }
}
