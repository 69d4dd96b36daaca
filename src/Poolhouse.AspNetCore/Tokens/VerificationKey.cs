using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Poolhouse.AspNetCore.Tokens;

/// <summary>A public RSA key of a pool.</summary>
internal sealed class VerificationKey
{
    // An instance is not promised to be thread-safe; each thread that verifies at the same moment has one of its own.
    private readonly ConcurrentBag<RSA> _idle = [];
    private readonly RSAParameters _parameters;

    private VerificationKey(string id, RSAParameters parameters) => (Id, _parameters) = (id, parameters);

    /// <summary>JWK member <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>
    /// Reads a member of a JWK set (RFC 7517 §4, RFC 7518 §6.3.1). Null for what RS256 can't be verified with: other kinds of keys,
    /// keys for encryption, fewer than 2,048 bits (RFC 7518 §3.3), or so many that verifying would take long.
    /// </summary>
    public static VerificationKey? TryRead(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "kty"u8) != "RSA" || Text(jwk, "kid"u8) is not { Length: > 0 } id) return null;
        if (Text(jwk, "alg"u8) is not (null or "RS256") || Text(jwk, "use"u8) is not (null or "sig")) return null;
        var modulus = StrictBase64Url.Decode(Text(jwk, "n"u8));
        var exponent = StrictBase64Url.Decode(Text(jwk, "e"u8));
        if (modulus is not { Length: >= 256 and <= 1024 } || modulus[0] < 0x80 || exponent is not { Length: <= 4 }) return null;
        try
        {
            var key = new VerificationKey(id, new RSAParameters { Modulus = modulus, Exponent = exponent });
            key._idle.Add(RSA.Create(key._parameters));
            return key;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether it is the same key under the same name.</summary>
    public bool IsSame(VerificationKey other) =>
        Id == other.Id
        && _parameters.Modulus.AsSpan().SequenceEqual(other._parameters.Modulus)
        && _parameters.Exponent.AsSpan().SequenceEqual(other._parameters.Exponent);

    /// <summary>Whether this key signed the token by RS256 (RFC 7518 §3.3) and the token names it.</summary>
    public bool Verify(CompactToken token)
    {
        if (token.KeyId != Id) return false;
        if (!_idle.TryTake(out var rsa)) rsa = RSA.Create(_parameters);
        try
        {
            return rsa.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _idle.Add(rsa);
        }
    }

    private static string? Text(JsonElement jwk, ReadOnlySpan<byte> name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
