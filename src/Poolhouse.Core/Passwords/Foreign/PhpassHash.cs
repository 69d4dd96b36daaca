using System.Security.Cryptography;
using System.Text;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// phpass' portable hashes, <c>$P$</c> (WordPress before 6.8) and <c>$H$</c> (phpBB 3): a character for the binary logarithm of the rounds, 8
/// characters of salt, 22 of an iterated MD5 (Openwall, "Portable PHP password hashing framework").
/// </summary>
internal sealed class PhpassHash(int logRounds, byte[] salt, byte[] hash) : ForeignHash
{
    // About a second; WordPress takes 13, phpBB 11.
    private const int MaxLogRounds = 20;
    private const int HashLength = 16;
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text)
    {
        if (text.Length != 34 || text[..3] is not ("$P$" or "$H$") || !text.All(char.IsAscii)) return null;
        // crypt_private of phpass: 7 to 30.
        if (Alphabet.IndexOf(text[3], StringComparison.Ordinal) is not (>= 7 and <= 30 and var logRounds)) return null;
        return Decode(text.AsSpan(12)) is { } hash ? new PhpassHash(logRounds, Encoding.ASCII.GetBytes(text[4..12]), hash) : null;
    }

    /// <inheritdoc/>
    public override bool IsAffordable => logRounds <= MaxLogRounds;

    /// <inheritdoc/>
#pragma warning disable CA5351 // MD5 is what these hashes are made with; a right password replaces them.
    public override bool Matches(ReadOnlySpan<byte> password)
    {
        var digest = new byte[HashLength];
        MD5.HashData([.. salt, .. password], digest);
        byte[] next = [.. digest, .. password];
        for (var i = 1L << logRounds; i > 0; i--)
        {
            MD5.HashData(next, digest);
            digest.CopyTo(next, 0);
        }

        return CryptographicOperations.FixedTimeEquals(digest, hash);
    }
#pragma warning restore CA5351

    // Three bytes are four characters, the lowest six bits first; the last byte is two.
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[HashLength];
        var (bits, count, at) = (0, 0, 0);
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0) return null;
            (bits, count) = (bits | (value << count), count + 6);
            if (count < 8) continue;
            if (at == HashLength) return null;
            bytes[at++] = (byte)bits;
            (bits, count) = (bits >> 8, count - 8);
        }

        return at == HashLength && bits == 0 ? bytes : null;
    }
}
