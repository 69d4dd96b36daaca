using System.Buffers.Binary;
using System.Numerics;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// bcrypt: Provos and Mazières, "A Future-Adaptable Password Scheme" (USENIX 1999), on Schneier's Blowfish. The base library has
/// neither; only hashes of other systems are checked with it.
/// </summary>
internal static class Bcrypt
{
    private const int MaxPassword = 72;
    private const int Rounds = 16;
    private const int Subkeys = Rounds + 2;
    private const int BoxSize = 256;

    // Blowfish begins with the fraction of pi, 32 bits after 32 bits: the subkeys, then the four boxes. Computed, there is no table to mistype.
    private static readonly Lazy<uint[]> Pi = new(() => FractionOfPi(Subkeys + (4 * BoxSize)));

    /// <summary>24 bytes, of which the last is never stored. <paramref name="salt"/> has 16.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost)
    {
        // The password ends with a zero; what goes beyond 72 bytes never counted.
        var key = new byte[Math.Min(password.Length + 1, MaxPassword)];
        password[..Math.Min(password.Length, key.Length)].CopyTo(key);

        // EksBlowfishSetup. The expanded state: subkeys and boxes in one array.
        var state = (uint[])Pi.Value.Clone();
        var keyWords = Cycle(key);
        var saltWords = Cycle(salt);
        Expand(state, keyWords, saltWords);
        var none = new uint[Subkeys];
        for (var i = 1L << cost; i > 0; i--)
        {
            Expand(state, keyWords, none);
            Expand(state, saltWords, none);
        }

        var text = "OrpheanBeholderScryDoubt"u8.ToArray();
        for (var at = 0; at < text.Length; at += 8)
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(text.AsSpan(at));
            var right = BinaryPrimitives.ReadUInt32BigEndian(text.AsSpan(at + 4));
            for (var i = 0; i < 64; i++) Encipher(state, ref left, ref right);
            BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(at), left);
            BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(at + 4), right);
        }

        return text;
    }

    // The bytes again and again, as many words as there are subkeys.
    private static uint[] Cycle(ReadOnlySpan<byte> bytes)
    {
        var words = new uint[Subkeys];
        for (var i = 0; i < Subkeys * 4; i++) words[i / 4] = (words[i / 4] << 8) | bytes[i % bytes.Length];
        return words;
    }

    // ExpandKey. A salt of zeros leaves what it is mixed into as it is; four words of it come round again.
    private static void Expand(uint[] state, uint[] key, uint[] salt)
    {
        for (var i = 0; i < Subkeys; i++) state[i] ^= key[i];
        uint left = 0, right = 0;
        for (var i = 0; i < state.Length; i += 2)
        {
            left ^= salt[i & 2];
            right ^= salt[(i & 2) + 1];
            Encipher(state, ref left, ref right);
            state[i] = left;
            state[i + 1] = right;
        }
    }

    private static void Encipher(uint[] state, ref uint left, ref uint right)
    {
        var (l, r) = (left ^ state[0], right);
        for (var i = 1; i <= Rounds; i += 2)
        {
            r ^= Feistel(state, l) ^ state[i];
            l ^= Feistel(state, r) ^ state[i + 1];
        }

        left = r ^ state[Rounds + 1];
        right = l;
    }

    private static uint Feistel(uint[] state, uint x) =>
        ((state[Subkeys + (x >> 24)] + state[Subkeys + BoxSize + ((x >> 16) & 0xFF)])
            ^ state[Subkeys + (2 * BoxSize) + ((x >> 8) & 0xFF)])
        + state[Subkeys + (3 * BoxSize) + (x & 0xFF)];

    private static uint[] FractionOfPi(int count)
    {
        // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239); the guard bits take up what rounding loses.
        const int guard = 64;
        var one = BigInteger.One << ((count * 32) + guard);
        var pi = ((16 * ArcTangentOfInverse(5, one)) - (4 * ArcTangentOfInverse(239, one)) - (3 * one)) >> guard;
        var bytes = pi.ToByteArray(isUnsigned: true, isBigEndian: true);
        var words = new uint[count];
        for (var i = 0; i < count; i++) words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i * 4));
        return words;
    }

    private static BigInteger ArcTangentOfInverse(int x, BigInteger one)
    {
        var power = one / x;
        var sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= -x * x;
            sum += power / n;
        }

        return sum;
    }
}
