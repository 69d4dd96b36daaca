using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>Argon2id, version 1.3, as <c>$argon2id$v=19$m=65536,t=3,p=4$salt$hash</c>; <c>m</c> in KiB.</summary>
internal sealed class Argon2idHash(int memory, int passes, int lanes, byte[] salt, byte[] hash) : ForeignHash
{
    // RFC 9106 §4 recommends 64 MiB and three passes; Django takes 100 MiB and two. Its 2 GiB are beyond what a sign-in may cost here.
    private const int MaxMemory = 128 << 10;
    private const long MaxWork = 4L * MaxMemory;

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text)
    {
        if (PhcText.TryParse(text, "argon2id") is not { Version: Argon2id.Version } phc) return null;
        if (phc.Numbers("m", "t", "p") is not [>= 8, >= 1, >= 1 and <= 64] numbers) return null;
        return numbers[0] >= 8 * numbers[2]
            ? new Argon2idHash(numbers[0], numbers[1], numbers[2], phc.Salt, phc.Hash)
            : null;
    }

    /// <inheritdoc/>
    public override bool IsAffordable => memory <= MaxMemory && passes <= 64 && (long)memory * passes <= MaxWork;

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Argon2id.Derive(password, salt, [], [], memory, passes, lanes, hash.Length), hash);
}
