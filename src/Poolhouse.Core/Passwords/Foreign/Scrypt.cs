using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>scrypt, RFC 7914. The base library has none; only hashes of other systems are checked with it.</summary>
internal static class Scrypt
{
    /// <summary>§6. <paramref name="n"/> is a power of two.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, int length)
    {
        // Step 1. Everything between is done on little-endian words.
        var bytes = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * 128 * r);
        var words = new uint[bytes.Length / 4];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4));

        // Step 2.
        var memory = new uint[n * 32 * r];
        for (var i = 0; i < p; i++) Mix(words.AsSpan(i * 32 * r, 32 * r), memory, n);

        // Step 3.
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return Rfc2898DeriveBytes.Pbkdf2(password, bytes, 1, HashAlgorithmName.SHA256, length);
    }

    // §5, scryptROMix.
    private static void Mix(Span<uint> block, uint[] memory, int n)
    {
        var size = block.Length;
        var scratch = new uint[size];
        for (var i = 0; i < n; i++)
        {
            block.CopyTo(memory.AsSpan(i * size));
            MixBlock(block, scratch);
        }

        for (var i = 0; i < n; i++)
        {
            // Integerify: the last 64 bytes as a little-endian number, modulo a power of two that is less than 2^32.
            var j = (int)(block[size - 16] & (uint)(n - 1));
            Xor(block, memory.AsSpan(j * size, size));
            MixBlock(block, scratch);
        }
    }

    // §4, scryptBlockMix.
    private static void MixBlock(Span<uint> block, uint[] scratch)
    {
        Span<uint> x = stackalloc uint[16];
        block[^16..].CopyTo(x);
        var pairs = block.Length / 32;
        for (var i = 0; i < pairs * 2; i++)
        {
            Xor(x, block.Slice(i * 16, 16));
            Salsa(x);
            x.CopyTo(scratch.AsSpan((i % 2 == 0 ? i / 2 : pairs + (i / 2)) * 16));
        }

        scratch.CopyTo(block);
    }

    private static void Xor(Span<uint> left, ReadOnlySpan<uint> right)
    {
        for (var i = 0; i < left.Length; i++) left[i] ^= right[i];
    }

    // §3, Salsa20/8.
    private static void Salsa(Span<uint> block)
    {
        Span<uint> x = stackalloc uint[16];
        block.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        for (var i = 0; i < 16; i++) block[i] += x[i];
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
