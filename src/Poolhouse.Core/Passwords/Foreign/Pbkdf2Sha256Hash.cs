using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>PBKDF2-HMAC-SHA256 (RFC 8018 §5.2) as <c>$pbkdf2-sha256$i=600000$salt$hash</c>, or passlib's, whose number stands alone.</summary>
internal sealed class Pbkdf2Sha256Hash(int iterations, byte[] salt, byte[] hash) : ForeignHash
{
    private const int MaxIterations = 2_000_000;

    /// <summary>Null for anything else, and beyond 2,000,000 iterations.</summary>
    public static ForeignHash? TryParse(string text)
    {
        if (PhcText.TryParse(text, "pbkdf2-sha256") is not { Version: null } phc) return null;
        var iterations = phc.Numbers("i")?[0] ?? PhcText.Number(phc.Parameters);
        return iterations is >= 1 and <= MaxIterations ? new Pbkdf2Sha256Hash(iterations.Value, phc.Salt, phc.Hash) : null;
    }

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, hash.Length), hash);
}
