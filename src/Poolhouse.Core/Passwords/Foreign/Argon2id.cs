using System.Buffers.Binary;
using System.Numerics;

namespace Poolhouse.Core.Passwords.Foreign;

/// <summary>
/// Argon2id, RFC 9106. The base library has none; only hashes of other systems are checked with it. Lanes are done one after the other:
/// a sign-in has one hashing thread.
/// </summary>
internal sealed class Argon2id
{
    /// <summary>1.3, the one version of the RFC.</summary>
    public const int Version = 0x13;

    private const int Kind = 2;
    private const int Slices = 4;
    private const int Words = 128;

    private readonly ulong[] _memory;
    private readonly int _lanes;
    private readonly int _passes;
    private readonly int _columns;
    private readonly int _segment;

    private Argon2id(int memory, int passes, int lanes)
    {
        _lanes = lanes;
        _passes = passes;
        _segment = memory / (Slices * lanes);
        _columns = _segment * Slices;
        _memory = new ulong[lanes * _columns * Words];
    }

    /// <summary>§3.2. <paramref name="memory"/> in KiB, at least 8 for each lane; <paramref name="length"/> 4–64 bytes.</summary>
    public static byte[] Derive(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associated,
        int memory, int passes, int lanes, int length)
    {
        // Step 1.
        using var input = new MemoryStream();
        foreach (var number in (ReadOnlySpan<int>)[lanes, length, memory, passes, Version, Kind]) Write(input, number);
        WriteWithLength(input, password);
        WriteWithLength(input, salt);
        WriteWithLength(input, secret);
        WriteWithLength(input, associated);
        var seed = Blake2b.Hash(input.ToArray(), 64);

        // Steps 2 to 8.
        return new Argon2id(memory, passes, lanes).Run(seed, length);
    }

    private byte[] Run(byte[] seed, int length)
    {
        // Steps 3 and 4: the first two blocks of each lane.
        for (var lane = 0; lane < _lanes; lane++)
        {
            for (var column = 0; column < 2; column++)
            {
                var bytes = LongHash([.. seed, .. Bytes(column), .. Bytes(lane)], Words * 8);
                var block = Block(lane, column);
                for (var i = 0; i < Words; i++) block[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * 8));
            }
        }

        // Steps 5 and 6.
        for (var pass = 0; pass < _passes; pass++)
            for (var slice = 0; slice < Slices; slice++)
                for (var lane = 0; lane < _lanes; lane++)
                    Fill(pass, slice, lane);

        // Steps 7 and 8.
        var last = Block(0, _columns - 1);
        for (var lane = 1; lane < _lanes; lane++) Xor(last, Block(lane, _columns - 1));
        var final = new byte[Words * 8];
        for (var i = 0; i < Words; i++) BinaryPrimitives.WriteUInt64LittleEndian(final.AsSpan(i * 8), last[i]);
        return LongHash(final, length);
    }

    private void Fill(int pass, int slice, int lane)
    {
        // §3.4.1.3: the first half of the first pass chooses its references without looking at the data.
        var isIndependent = pass == 0 && slice < Slices / 2;
        Span<ulong> addresses = stackalloc ulong[Words];
        Span<ulong> counter = stackalloc ulong[Words];
        counter.Clear();
        ((ReadOnlySpan<ulong>)[(ulong)pass, (ulong)lane, (ulong)slice, (ulong)(_lanes * _columns), (ulong)_passes, Kind]).CopyTo(counter);

        var start = pass == 0 && slice == 0 ? 2 : 0;
        if (isIndependent && start != 0) NextAddresses(counter, addresses);
        for (var i = start; i < _segment; i++)
        {
            var column = (slice * _segment) + i;
            var previous = Block(lane, column == 0 ? _columns - 1 : column - 1);
            if (isIndependent && i % Words == 0) NextAddresses(counter, addresses);
            var pseudoRandom = isIndependent ? addresses[i % Words] : previous[0];
            var referenceLane = pass == 0 && slice == 0 ? lane : (int)((uint)(pseudoRandom >> 32) % (uint)_lanes);
            var reference = Block(referenceLane, Reference(pass, slice, i, (uint)pseudoRandom, referenceLane == lane));
            Compress(previous, reference, Block(lane, column), isXored: pass > 0);
        }
    }

    // §3.4.2: which block of the lane is referred to.
    private int Reference(int pass, int slice, int index, uint j1, bool isSameLane)
    {
        var finished = pass == 0 ? slice * _segment : _columns - _segment;
        var area = isSameLane ? finished + index - 1 : finished - (index == 0 ? 1 : 0);
        var x = ((ulong)j1 * j1) >> 32;
        var relative = area - 1 - (int)(((ulong)area * x) >> 32);
        var start = pass == 0 || slice == Slices - 1 ? 0 : (slice + 1) * _segment;
        return (start + relative) % _columns;
    }

    private static void NextAddresses(Span<ulong> counter, Span<ulong> addresses)
    {
        counter[6]++;
        Span<ulong> zero = stackalloc ulong[Words];
        zero.Clear();
        Compress(zero, counter, addresses, isXored: false);
        Span<ulong> once = stackalloc ulong[Words];
        addresses.CopyTo(once);
        Compress(zero, once, addresses, isXored: false);
    }

    // §3.5, the function G.
    private static void Compress(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y, Span<ulong> result, bool isXored)
    {
        Span<ulong> r = stackalloc ulong[Words];
        Span<ulong> z = stackalloc ulong[Words];
        for (var i = 0; i < Words; i++) r[i] = x[i] ^ y[i];
        r.CopyTo(z);
        for (var row = 0; row < 8; row++) Permute(z, row * 16, 2);
        for (var column = 0; column < 8; column++) Permute(z, column * 2, 16);
        for (var i = 0; i < Words; i++) result[i] = isXored ? result[i] ^ r[i] ^ z[i] : r[i] ^ z[i];
    }

    // §3.6, the permutation P of eight 16-byte registers that stand at a stride.
    private static void Permute(Span<ulong> v, int start, int stride)
    {
        Span<int> at = stackalloc int[16];
        for (var i = 0; i < 16; i++) at[i] = start + ((i / 2) * stride) + (i % 2);
        for (var i = 0; i < 4; i++) Mix(ref v[at[i]], ref v[at[i + 4]], ref v[at[i + 8]], ref v[at[i + 12]]);
        for (var i = 0; i < 4; i++) Mix(ref v[at[i]], ref v[at[4 + ((i + 1) % 4)]], ref v[at[8 + ((i + 2) % 4)]], ref v[at[12 + ((i + 3) % 4)]]);
    }

    private static void Mix(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a = Multiply(a, b);
        d = BitOperations.RotateRight(d ^ a, 32);
        c = Multiply(c, d);
        b = BitOperations.RotateRight(b ^ c, 24);
        a = Multiply(a, b);
        d = BitOperations.RotateRight(d ^ a, 16);
        c = Multiply(c, d);
        b = BitOperations.RotateRight(b ^ c, 63);
    }

    private static ulong Multiply(ulong x, ulong y) => x + y + (2 * (ulong)(uint)x * (uint)y);

    // §3.3, the variable-length hash function.
    private static byte[] LongHash(byte[] input, int length)
    {
        byte[] prefixed = [.. Bytes(length), .. input];
        if (length <= 64) return Blake2b.Hash(prefixed, length);
        var result = new byte[length];
        var block = Blake2b.Hash(prefixed, 64);
        var at = 0;
        for (; length - at > 64; at += 32)
        {
            block.AsSpan(0, 32).CopyTo(result.AsSpan(at));
            block = Blake2b.Hash(block, Math.Min(64, length - at - 32));
        }

        block.AsSpan(0, length - at).CopyTo(result.AsSpan(at));
        return result;
    }

    private Span<ulong> Block(int lane, int column) => _memory.AsSpan(((lane * _columns) + column) * Words, Words);

    private static void Xor(Span<ulong> left, ReadOnlySpan<ulong> right)
    {
        for (var i = 0; i < left.Length; i++) left[i] ^= right[i];
    }

    private static byte[] Bytes(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }

    private static void Write(MemoryStream stream, int number) => stream.Write(Bytes(number));

    private static void WriteWithLength(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        Write(stream, bytes.Length);
        stream.Write(bytes);
    }
}
