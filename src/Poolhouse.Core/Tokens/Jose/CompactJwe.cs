using System.Buffers.Text;
using System.Text;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Core.Tokens.Jose;

/// <summary>
/// Encrypted tokens in JWE compact form (RFC 7516 §3.1), the form of Cognito's refresh tokens: five parts, to the client opaque.
/// Direct encryption (RFC 7518 §4.5) by AES-256-GCM under the purpose <see cref="SealPurpose.RefreshToken"/>.
/// </summary>
public sealed class CompactJwe
{
    /// <summary>Characters of a token that are read at all.</summary>
    public const int MaxLength = 4096;

    private readonly IRandom random;
    private readonly KeyAndHeader[] keys;

    /// <summary>Seals with the ring's current key, opens with all. Safe to share between threads.</summary>
    public CompactJwe(MasterKeyRing ring, IRandom random)
    {
        this.random = random;
        keys = [.. new PurposeKeys(ring, SealPurpose.RefreshToken).All.Select(key => new KeyAndHeader(key, Header(key)))];
    }

    /// <summary>Encrypts up to about 2,900 bytes, so that the token stays within <see cref="MaxLength"/>.</summary>
    /// <exception cref="ArgumentException">The token would be longer than <see cref="MaxLength"/>: a bug of the caller.</exception>
    public string Encrypt(ReadOnlySpan<byte> payload)
    {
        var (key, header) = keys[0];
        Span<byte> nonce = stackalloc byte[PurposeKey.NonceLength];
        Span<byte> tag = stackalloc byte[PurposeKey.TagLength];
        var cipher = new byte[payload.Length];
        random.Fill(nonce);

        // RFC 7516 §5.1 step 14: the additional data is the protected header as sent.
        key.Encrypt(nonce, payload, cipher, tag, Encoding.ASCII.GetBytes(header));

        // The second part, the encrypted key, is empty with dir (§5.1 step 5).
        var token = string.Join('.', header, "", Base64Url.EncodeToString(nonce), Base64Url.EncodeToString(cipher), Base64Url.EncodeToString(tag));
        return token.Length <= MaxLength ? token : throw new ArgumentException("The payload is too long for a token.", nameof(payload));
    }

    /// <summary>False, and nothing in <paramref name="payload"/>, for whatever <see cref="Encrypt"/> did not make.</summary>
    public bool TryDecrypt(string? token, out byte[] payload)
    {
        payload = [];
        if (token is not { Length: > 0 and <= MaxLength }) return false;
        var parts = token.Split('.', 6);
        if (parts.Length != 5 || parts[1].Length != 0) return false;

        // Headers are compared, not parsed: only ours can be right, and there is nothing in them to be confused by.
        if (Array.Find(keys, candidate => candidate.Header == parts[0]) is not { } found) return false;
        if (!StrictBase64Url.TryDecode(parts[2], out var nonce) || nonce.Length != PurposeKey.NonceLength) return false;
        if (!StrictBase64Url.TryDecode(parts[3], out var cipher)) return false;
        if (!StrictBase64Url.TryDecode(parts[4], out var tag) || tag.Length != PurposeKey.TagLength) return false;

        var clear = new byte[cipher.Length];
        if (!found.Key.TryDecrypt(nonce, cipher, tag, clear, Encoding.ASCII.GetBytes(parts[0]))) return false;
        payload = clear;
        return true;
    }

    private static string Header(PurposeKey key) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
        $$"""{"cty":"JWT","enc":"A256GCM","alg":"dir","kid":"{{Convert.ToHexStringLower(key.Id)}}"}"""));

    private sealed record KeyAndHeader(PurposeKey Key, string Header);
}
