using System.Buffers.Binary;
using System.Text;

namespace Poolhouse.Tests.Testing;

/// <summary>Fields of a Protocol Buffers message (protobuf.dev, "Encoding"), enough to read OTLP with.</summary>
internal sealed class ProtobufMessage
{
    private readonly ILookup<int, Field> fields;

    /// <summary>Reads a whole message.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public ProtobufMessage(ReadOnlyMemory<byte> bytes) => fields = Read(bytes).ToLookup(field => field.Number);

    /// <summary>The embedded messages of a field, in order.</summary>
    public IEnumerable<ProtobufMessage> Messages(int number) => fields[number].Select(field => new ProtobufMessage(field.Bytes));

    /// <summary>The embedded message of a field; an empty one where it is not there, as the format has it.</summary>
    public ProtobufMessage Message(int number) => Messages(number).LastOrDefault() ?? new ProtobufMessage(ReadOnlyMemory<byte>.Empty);

    /// <summary>Whether a field is there.</summary>
    public bool Has(int number) => fields.Contains(number);

    /// <summary>Text.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(fields[number].LastOrDefault().Bytes.Span);

    /// <summary>Bytes as hexadecimal digits.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(fields[number].LastOrDefault().Bytes.Span);

    /// <summary>A whole number, as a varint or of fixed size.</summary>
    public long Integer(int number) => (long)fields[number].LastOrDefault().Value;

    /// <summary>A double.</summary>
    public double Double(int number) => BitConverter.UInt64BitsToDouble(fields[number].LastOrDefault().Value);

    private static List<Field> Read(ReadOnlyMemory<byte> bytes)
    {
        var found = new List<Field>();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    found.Add(new Field(number, Varint(ref bytes), default));
                    break;
                case 1:
                    found.Add(new Field(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span), default));
                    break;
                case 2:
                    found.Add(new Field(number, 0, Take(ref bytes, (int)Varint(ref bytes))));
                    break;
                case 5:
                    found.Add(new Field(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span), default));
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} of field {number}.");
            }
        }

        return found;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length) throw new FormatException("The message ends within a field.");
        var taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref bytes, 1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw new FormatException("A number of more than ten bytes.");
    }

    private readonly record struct Field(int Number, ulong Value, ReadOnlyMemory<byte> Bytes);
}
