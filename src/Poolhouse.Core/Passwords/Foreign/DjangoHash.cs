using System.Numerics;
using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// Django's hashes, <c>algorithm$parameters</c> (django.contrib.auth.hashers; Django's documentation, "How Django stores passwords"):
/// <c>pbkdf2_sha256$260000$salt$hash</c>, <c>pbkdf2_sha1</c> the same, <c>argon2$argon2id$v=19$…</c>, <c>bcrypt_sha256$$2b$12$…</c>,
/// <c>bcrypt$$2b$12$…</c> and <c>scrypt$16384$salt$8$1$hash</c>. Salts of PBKDF2 and scrypt are text and used as such; hashes are base64 with padding.
/// </summary>
internal static class DjangoHash
{
    private const int MaxSalt = 64;

    /// <summary>What the texts begin with.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["argon2$", "bcrypt$", "bcrypt_sha256$", "pbkdf2_sha1$", "pbkdf2_sha256$", "scrypt$"];

    /// <summary>Null for anything else; also for Argon2i, which Django made before 3.2.</summary>
    public static ForeignHash? TryParse(string text)
    {
        var end = text.IndexOf('$', StringComparison.Ordinal);
        if (end < 0) return null;
        var rest = text[(end + 1)..];
        return text[..end] switch
        {
            "argon2" => Argon2idHash.TryParse("$" + rest),
            "bcrypt" => BcryptHash.TryParse(rest),
            "bcrypt_sha256" => BcryptHash.TryParse(rest) is { } bcrypt ? new DigestedHash(bcrypt) : null,
            "pbkdf2_sha1" => Pbkdf2(rest, HashAlgorithmName.SHA1),
            "pbkdf2_sha256" => Pbkdf2(rest, HashAlgorithmName.SHA256),
            "scrypt" => ScryptOf(rest),
            _ => null,
        };
    }

    private static Pbkdf2Hash? Pbkdf2(string text, HashAlgorithmName algorithm) =>
        text.Split('$') is [var iterations, var salt, var hash] && PhcText.Number(iterations) is >= 1 and var number && Salt(salt) is { } saltBytes && Hash(hash) is { } bytes
            ? new Pbkdf2Hash(algorithm, number, saltBytes, bytes)
            : null;

    private static ScryptHash? ScryptOf(string text)
    {
        if (text.Split('$') is not [var work, var salt, var blocks, var lanes, var hash]) return null;
        if (PhcText.Number(work) is not > 1 || PhcText.Number(blocks) is not { } r || PhcText.Number(lanes) is not { } p) return null;
        var n = PhcText.Number(work)!.Value;
        if (!BitOperations.IsPow2(n) || !ScryptHash.IsOfForm(BitOperations.Log2((uint)n), r, p)) return null;
        return Salt(salt) is { } saltBytes && Hash(hash) is { } bytes ? new ScryptHash(BitOperations.Log2((uint)n), r, p, saltBytes, bytes) : null;
    }

    private static byte[]? Salt(string text) => text.Length is >= 1 and <= MaxSalt && text.All(char.IsAscii) ? System.Text.Encoding.ASCII.GetBytes(text) : null;

    private static byte[]? Hash(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= 16 ? bytes[..length].ToArray() : null;
    }

    /// <summary>bcrypt of the password's SHA-256 in lower-case hex, so that what goes beyond 72 bytes counts too.</summary>
    private sealed class DigestedHash(ForeignHash bcrypt) : ForeignHash
    {
        public override bool IsAffordable => bcrypt.IsAffordable;

        public override bool Matches(ReadOnlySpan<byte> password) =>
            bcrypt.Matches(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password))));
    }
}
