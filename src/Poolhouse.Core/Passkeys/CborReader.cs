using System.Buffers.Binary;

namespace Poolhouse.Core.Passkeys;

/// <summary>
/// Reads the CBOR that authenticators write: CTAP2's canonical form (FIDO CTAP 2.1 §8), which has definite lengths only, and of
/// that no more than COSE keys, attestation objects and extensions need. Everything else throws <see cref="CborException"/>;
/// nothing is allocated by what a length claims.
/// </summary>
internal ref struct CborReader(ReadOnlySpan<byte> bytes)
{
    // CTAP2 allows four levels; a statement of an attestation, which is only skipped, may have one more.
    private const int MaximumDepth = 8;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => Position == _bytes.Length;

    /// <summary>The number of pairs of a map that begins here.</summary>
    public int ReadMap() => ReadLength(CborType.Map);

    /// <summary>A whole number, positive or negative.</summary>
    public long ReadInteger()
    {
        var (type, value) = ReadHead();
        if (type is not (CborType.Unsigned or CborType.Negative) || value > long.MaxValue) throw new CborException();
        return type == CborType.Unsigned ? (long)value : -1 - (long)value;
    }

    /// <summary>Bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength(CborType.Bytes));

    /// <summary>Text, as its UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> ReadText() => Take(ReadLength(CborType.Text));

    /// <summary>Goes past the next value, whatever it is.</summary>
    public void Skip() => Skip(MaximumDepth);

    private void Skip(int depth)
    {
        if (depth == 0) throw new CborException();
        var (type, value) = ReadHead();
        switch (type)
        {
            case CborType.Bytes or CborType.Text:
                Take(Length(value));
                break;
            case CborType.Array:
                for (var i = Length(value); i > 0; i--) Skip(depth - 1);
                break;
            case CborType.Map:
                for (var i = Length(value); i > 0; i--)
                {
                    Skip(depth - 1);
                    Skip(depth - 1);
                }

                break;
        }
    }

    private int ReadLength(CborType expected)
    {
        var (type, value) = ReadHead();
        return type == expected ? Length(value) : throw new CborException();
    }

    // Every element takes a byte at least, so no honest length is greater than what is left.
    private readonly int Length(ulong value) => value <= (ulong)(_bytes.Length - Position) ? (int)value : throw new CborException();

    /// <summary>RFC 8949 §3: the first byte's major type and its argument.</summary>
    private (CborType Type, ulong Value) ReadHead()
    {
        var first = Take(1)[0];
        var (type, information) = ((CborType)(first >> 5), first & 0x1F);
        // Tags are not part of the canonical form.
        if (type == CborType.Tag) throw new CborException();
        return (type, information switch
        {
            < 24 => (ulong)information,
            24 => Take(1)[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            _ => throw new CborException(),
        });
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position) throw new CborException();
        var taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    private enum CborType
    {
        Unsigned,
        Negative,
        Bytes,
        Text,
        Array,
        Map,
        Tag,
        Simple,
    }
}

/// <summary>Bytes that are not the CBOR that was expected.</summary>
internal sealed class CborException() : Exception("The bytes are not the CBOR that was expected.");
