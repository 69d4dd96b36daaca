using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>The public half of an RSA signing key, as a JWK set shows it.</summary>
public sealed class PublicKey
{
    private readonly RsaPool pool;

    private PublicKey(RSAParameters key)
    {
        pool = new RsaPool(key);
        Modulus = Base64Url.EncodeToString(key.Modulus);
        Exponent = Base64Url.EncodeToString(key.Exponent);

        // RFC 7638 §3.2 and §3.3: required members only, in lexical order, no white space. Cognito's ids are 44 characters of
        // plain base64, padding included, which is this hash in that alphabet.
        var thumbprint = $$"""{"e":"{{Exponent}}","kty":"RSA","n":"{{Modulus}}"}""";
        KeyId = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(thumbprint)));
    }

    /// <summary>JWK member <c>kid</c>: 44 characters of base64 with its <c>=</c>.</summary>
    public string KeyId { get; }

    /// <summary>JWK member <c>n</c>, base64url.</summary>
    public string Modulus { get; }

    /// <summary>JWK member <c>e</c>, base64url.</summary>
    public string Exponent { get; }

    /// <summary>Reads the members of a JWK (RFC 7518 §6.3.1); null when they are not an RSA key of at least 2,048 bits.</summary>
    public static PublicKey? TryCreate(string modulus, string exponent)
    {
        if (!StrictBase64Url.TryDecode(modulus, out var n) || !StrictBase64Url.TryDecode(exponent, out var e)) return null;

        // RFC 7518 §3.3: at least 2,048 bits. The bounds above keep a hostile key set from buying hours of arithmetic.
        if (n.Length is < 256 or > 1024 || n[0] < 0x80 || e.Length is 0 or > 4) return null;
        try
        {
            var key = new PublicKey(new RSAParameters { Modulus = n, Exponent = e });
            key.pool.Return(key.pool.Rent());
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>True for an RS256 signature (RFC 7518 §3.3) of these bytes by this key.</summary>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var rsa = pool.Rent();
        try
        {
            return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            pool.Return(rsa);
        }
    }

    internal static PublicKey Of(RSAParameters key) => new(new RSAParameters { Modulus = key.Modulus, Exponent = key.Exponent });
}
