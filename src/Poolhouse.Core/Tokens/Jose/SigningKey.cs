using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>A private RSA key that signs tokens by RS256. Safe to share between threads.</summary>
public sealed class SigningKey
{
    /// <summary>Bits of a new key; what Cognito has.</summary>
    public const int KeySize = 2048;

    private readonly RsaPool pool;

    private SigningKey(RSA rsa)
    {
        var key = rsa.ExportParameters(includePrivateParameters: true);
        pool = new RsaPool(key);
        PublicKey = PublicKey.Of(key);
        SignatureLength = key.Modulus!.Length;

        // Exactly these members in this order and no typ, as Cognito's tokens have; plain base64 needs no escapes in JSON.
        EncodedHeader = Encoding.ASCII.GetBytes(
            Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"kid":"{{KeyId}}","alg":"RS256"}""")));
    }

    /// <summary>The token header's <c>kid</c>.</summary>
    public string KeyId => PublicKey.KeyId;

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Bytes of a signature.</summary>
    internal int SignatureLength { get; }

    /// <summary>The token header in base64url, made once.</summary>
    internal byte[] EncodedHeader { get; }

    /// <summary>Makes a new key; takes tens to hundreds of milliseconds of processor time.</summary>
    public static SigningKey Create(int keySize = KeySize)
    {
        using var rsa = RSA.Create(keySize);
        return new SigningKey(rsa);
    }

    /// <summary>Reads what <see cref="ExportPkcs8"/> wrote (RFC 5958).</summary>
    /// <exception cref="CryptographicException">Not an RSA private key: the store is damaged.</exception>
    public static SigningKey Import(ReadOnlySpan<byte> pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(rsa);
    }

    /// <summary>The private key in clear: to be sealed at once.</summary>
    public byte[] ExportPkcs8()
    {
        var rsa = pool.Rent();
        try
        {
            return rsa.ExportPkcs8PrivateKey();
        }
        finally
        {
            pool.Return(rsa);
        }
    }

    /// <summary>Signs by RS256 into a span of at least <see cref="SignatureLength"/> bytes; returns how many were written.</summary>
    internal int Sign(ReadOnlySpan<byte> bytes, Span<byte> signature)
    {
        var rsa = pool.Rent();
        try
        {
            return rsa.SignData(bytes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            pool.Return(rsa);
        }
    }
}
