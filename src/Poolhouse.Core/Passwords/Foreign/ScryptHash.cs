using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>scrypt as <c>$scrypt$ln=17,r=8,p=1$salt$hash</c>; <c>ln</c> is the binary logarithm of N.</summary>
internal sealed class ScryptHash(int logN, int r, int p, byte[] salt, byte[] hash) : ForeignHash
{
    // OWASP asks for 128 MiB; a row may take that much of a hashing thread's memory and four times that much of its time.
    private const long MaxMemory = 128L << 20;
    private const long MaxWork = 4 * MaxMemory;

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text) =>
        PhcText.TryParse(text, "scrypt") is { Version: null } phc && phc.Numbers("ln", "r", "p") is [var logN, var r, var p] && IsOfForm(logN, r, p)
            ? new ScryptHash(logN, r, p, phc.Salt, phc.Hash)
            : null;

    /// <summary>Whether these can be costs of scrypt at all; what this answers true to can be computed with without overflow.</summary>
    public static bool IsOfForm(int logN, int r, int p) => logN is >= 1 and <= 30 && r is >= 1 and <= 65_536 && p is >= 1 and <= 65_536;

    /// <summary>Whether a sign-in may cost as much: 128 MiB of memory, and four passes over as much.</summary>
    public static bool IsAffordableAt(int logN, int r, int p)
    {
        var memory = 128L * r << logN;
        return memory <= MaxMemory && memory * p <= MaxWork;
    }

    /// <inheritdoc/>
    public override bool IsAffordable => IsAffordableAt(logN, r, p);

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Scrypt.Derive(password, salt, 1 << logN, r, p, hash.Length), hash);
}
