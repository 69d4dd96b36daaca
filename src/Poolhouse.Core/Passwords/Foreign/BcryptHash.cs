using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>bcrypt as <c>$2b$12$</c> with 22 characters of salt and 31 of hash. <c>2a</c> and <c>2y</c> are the same but for old bugs.</summary>
internal sealed class BcryptHash(int cost, byte[] salt, byte[] hash) : ForeignHash
{
    // Each step doubles the time; 14 is about a second.
    private const int MaxCost = 14;
    private const int SaltLength = 16;
    private const int HashLength = 23;
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Null for anything else.</summary>
    public static ForeignHash? TryParse(string text)
    {
        if (text.Length != 60 || text[0] != '$' || text[3] != '$' || text[6] != '$' || text[1..3] is not ("2a" or "2b" or "2y")) return null;
        if (PhcText.Number(text.AsSpan(4, 2)) is not (>= 4 and <= 31 and var cost)) return null;
        return Decode(text.AsSpan(7, 22), SaltLength) is { } salt && Decode(text.AsSpan(29), HashLength) is { } hash
            ? new BcryptHash(cost, salt, hash)
            : null;
    }

    /// <inheritdoc/>
    public override bool IsAffordable => cost <= MaxCost;

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Bcrypt.Derive(password, salt, cost).AsSpan(0, HashLength), hash);

    private static byte[]? Decode(ReadOnlySpan<char> text, int length)
    {
        var bytes = new byte[length];
        var (bits, count, at) = (0, 0, 0);
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0) return null;
            (bits, count) = ((bits << 6) | value, count + 6);
            if (count < 8) continue;
            count -= 8;
            if (at < length) bytes[at++] = (byte)(bits >> count);
            bits &= (1 << count) - 1;
        }

        return at == length ? bytes : null;
    }
}
