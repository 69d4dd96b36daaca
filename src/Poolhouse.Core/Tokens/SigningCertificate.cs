using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens.Jose;

namespace Poolhouse.Core.Tokens;

/// <summary>A pool's ID key as a self-signed certificate, for SAML providers that want one (RFC 5280).</summary>
public static class SigningCertificate
{
    private const int YearsValid = 10;

    /// <summary>The certificate in DER. The same key, pool and time always give the same bytes, so nothing needs to be stored.</summary>
    /// <param name="key">The key it is for and that signs it.</param>
    /// <param name="pool">Becomes the name.</param>
    /// <param name="from">When it starts to be valid, for ten years.</param>
    public static byte[] Of(SigningKey key, PoolId pool, DateTimeOffset from)
    {
        using var rsa = RSA.Create();
        var pkcs8 = key.ExportPkcs8();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);

        var name = new X500DistinguishedName($"CN={pool}");
        // PKCS #1 v1.5 draws nothing at random (RFC 8017 §8.2), unlike PSS.
        var request = new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var signer = X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(name, signer, from, from.AddYears(YearsValid), Serial(rsa));
        return certificate.RawData;
    }

    // RFC 5280 §4.1.2.2: positive, and one per certificate of an issuer.
    private static byte[] Serial(RSA rsa)
    {
        var serial = SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())[..16];
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
