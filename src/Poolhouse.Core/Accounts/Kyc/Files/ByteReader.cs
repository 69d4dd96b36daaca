using System.Buffers.Binary;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>Reads forward through bytes; beyond their end the file is malformed.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> all = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => all.Length - Position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public uint UInt32LittleEndian() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A number of 0, 1, 2, 3, 4 or 8 bytes; of none it is 0.</summary>
    public ulong Number(int width)
    {
        ulong value = 0;
        foreach (var next in Take(width)) value = (value << 8) | next;
        return value;
    }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining) throw FileRefusedException.Malformed;
        var taken = all.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public readonly ReadOnlySpan<byte> Rest => all[Position..];
}
