using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>scrypt as <c>$scrypt$ln=17,r=8,p=1$salt$hash</c>; <c>ln</c> is the binary logarithm of N.</summary>
internal sealed class ScryptHash(int logN, int r, int p, byte[] salt, byte[] hash) : ForeignHash
{
    // OWASP asks for 128 MiB; a row may take that much of a hashing thread's memory and four times that much of its time.
    private const long MaxMemory = 128L << 20;
    private const long MaxWork = 4 * MaxMemory;

    /// <summary>Null for anything else, and beyond 128 MiB of memory or four passes over as much.</summary>
    public static ForeignHash? TryParse(string text)
    {
        if (PhcText.TryParse(text, "scrypt") is not { Version: null } phc) return null;
        if (phc.Numbers("ln", "r", "p") is not [>= 1 and <= 20, >= 1 and <= 64, >= 1 and <= 64] numbers) return null;
        var memory = 128L * numbers[1] << numbers[0];
        return memory <= MaxMemory && memory * numbers[2] <= MaxWork
            ? new ScryptHash(numbers[0], numbers[1], numbers[2], phc.Salt, phc.Hash)
            : null;
    }

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Scrypt.Derive(password, salt, 1 << logN, r, p, hash.Length), hash);
}
