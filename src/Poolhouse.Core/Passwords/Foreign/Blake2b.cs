using System.Buffers.Binary;
using System.Numerics;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>BLAKE2b without a key, RFC 7693: what Argon2 hashes with.</summary>
internal static class Blake2b
{
    private const int BlockLength = 128;

    private static readonly ulong[] InitialValue =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    private static readonly byte[][] Sigma =
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
        [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
        [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
        [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
        [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    ];

    /// <summary>§3.3, 1–64 bytes of hash.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> input, int length)
    {
        var h = (ulong[])InitialValue.Clone();
        h[0] ^= 0x01010000UL ^ (ulong)length;
        Span<byte> block = stackalloc byte[BlockLength];
        var done = 0;
        for (; input.Length - done > BlockLength; done += BlockLength) Compress(h, input.Slice(done, BlockLength), done + BlockLength, isLast: false);
        block.Clear();
        input[done..].CopyTo(block);
        Compress(h, block, input.Length, isLast: true);

        Span<byte> all = stackalloc byte[64];
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt64LittleEndian(all[(i * 8)..], h[i]);
        return all[..length].ToArray();
    }

    // §3.2.
    private static void Compress(ulong[] h, ReadOnlySpan<byte> block, int count, bool isLast)
    {
        Span<ulong> m = stackalloc ulong[16];
        for (var i = 0; i < 16; i++) m[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        Span<ulong> v = stackalloc ulong[16];
        h.CopyTo(v);
        InitialValue.CopyTo(v[8..]);
        v[12] ^= (ulong)count;
        if (isLast) v[14] = ~v[14];
        for (var round = 0; round < 12; round++)
        {
            var s = Sigma[round % 10];
            for (var i = 0; i < 4; i++) Mix(v, i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[(2 * i) + 1]]);
            for (var i = 0; i < 4; i++) Mix(v, i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4), m[s[8 + (2 * i)]], m[s[9 + (2 * i)]]);
        }

        for (var i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
    }

    // §3.1.
    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }
}
