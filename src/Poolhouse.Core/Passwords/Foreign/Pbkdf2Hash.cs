using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>PBKDF2 (RFC 8018 §5.2) as <c>$pbkdf2-sha256$i=600000$salt$hash</c>, or passlib's, whose number stands alone.</summary>
internal sealed class Pbkdf2Hash(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] hash) : ForeignHash
{
    private const int MaxIterations = 2_000_000;

    /// <summary>The form with HMAC-SHA1, which passlib calls plainly <c>pbkdf2</c>; null for anything else.</summary>
    public static ForeignHash? TryParseSha1(string text) => TryParse(text, "pbkdf2", HashAlgorithmName.SHA1);

    /// <summary>The form with HMAC-SHA256; null for anything else.</summary>
    public static ForeignHash? TryParseSha256(string text) => TryParse(text, "pbkdf2-sha256", HashAlgorithmName.SHA256);

    /// <summary>The form with HMAC-SHA512, which is also this server's own; null for anything else.</summary>
    public static ForeignHash? TryParseSha512(string text) => TryParse(text, "pbkdf2-sha512", HashAlgorithmName.SHA512);

    /// <inheritdoc/>
    public override bool IsAffordable => iterations <= MaxIterations;

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, algorithm, hash.Length), hash);

    private static Pbkdf2Hash? TryParse(string text, string id, HashAlgorithmName algorithm)
    {
        if (PhcText.TryParse(text, id) is not { Version: null } phc) return null;
        var iterations = phc.Numbers("i")?[0] ?? PhcText.Number(phc.Parameters);
        return iterations >= 1 ? new Pbkdf2Hash(algorithm, iterations.Value, phc.Salt, phc.Hash) : null;
    }
}
