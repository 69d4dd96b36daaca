using System.Runtime.InteropServices;
using System.Text;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>Bytes from a place up to before another.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(int Start, int End);

/// <summary>A box: ISO/IEC 14496-12 §4.2.</summary>
/// <param name="Type">Four characters.</param>
/// <param name="Start">Where its length stands.</param>
/// <param name="Content">Where its content starts; for a full box that is its version.</param>
/// <param name="End">Behind its last byte.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeicBox(string Type, int Start, int Content, int End)
{
    /// <summary>The boxes that fill a part of the file exactly.</summary>
    public static List<HeicBox> Read(byte[] file, int start, int end, int most)
    {
        if (start > end) throw FileRefusedException.Malformed;
        var boxes = new List<HeicBox>();
        while (start < end)
        {
            var reader = new ByteReader(file.AsSpan(start, end - start));
            ulong length = reader.UInt32();
            var type = Encoding.Latin1.GetString(reader.Take(4));
            if (length == 1) length = reader.UInt64();
            // Zero: up to the end of the file, for its last box.
            else if (length == 0) length = end == file.Length ? (ulong)(end - start) : 0;
            if (length < (ulong)reader.Position || length > (ulong)(end - start)) throw FileRefusedException.Malformed;
            var next = start + (int)length;
            boxes.Add(new HeicBox(type, start, start + reader.Position, next));
            if (boxes.Count > most) throw FileRefusedException.Unsupported;
            start = next;
        }

        return boxes;
    }

    /// <summary>Reads the content.</summary>
    public ByteReader Reader(byte[] file) => new(file.AsSpan(Content, End - Content));

    /// <summary>Keeps the box's length and nothing else (§8.1.2).</summary>
    public void MakeFree(byte[] file)
    {
        "free"u8.CopyTo(file.AsSpan(Start + 4));
        file.AsSpan(Content, End - Content).Clear();
    }
}
