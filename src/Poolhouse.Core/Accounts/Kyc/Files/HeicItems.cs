using System.Text;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>An item of a HEIC file: a picture, a tile, or something about them.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">Four characters, such as hvc1 or Exif.</param>
/// <param name="Extents">Where its data is.</param>
internal sealed record HeicItem(uint Id, string Type, List<ByteRange> Extents);

/// <summary>Reads which items there are and where.</summary>
internal static class HeicItems
{
    /// <summary>Items of a file; a photo of 48 million pixels in tiles has about 200, with its gain map.</summary>
    public const int Most = 2_000;

    // Of all items together, so that comparing each with each stays quick.
    private const int MostExtents = 4_000;

    /// <summary>All items with their places, each within <paramref name="areas"/> or <paramref name="own"/>; their names are blanked.</summary>
    /// <param name="file">Changed where names are.</param>
    /// <param name="information">The box <c>iinf</c>.</param>
    /// <param name="location">The box <c>iloc</c>.</param>
    /// <param name="areas">The contents of the boxes <c>mdat</c>.</param>
    /// <param name="own">The content of the box <c>idat</c> within <c>meta</c>.</param>
    public static List<HeicItem> Read(byte[] file, HeicBox information, HeicBox location, List<ByteRange> areas, ByteRange? own)
    {
        var items = new Dictionary<uint, HeicItem>();
        var reader = information.Reader(file);
        var version = reader.Byte();
        reader.Take(3);
        var count = version == 0 ? reader.UInt16() : reader.UInt32();
        if (count > Most) throw FileRefusedException.Unsupported;
        foreach (var entry in HeicBox.Read(file, information.Content + reader.Position, information.End, Most))
        {
            var item = Entry(file, entry);
            if (!items.TryAdd(item.Id, item)) throw FileRefusedException.Malformed;
        }

        if (items.Count != count) throw FileRefusedException.Malformed;
        ReadPlaces(file, location, items, areas, own);
        return [.. items.Values];
    }

    /// <summary>Only that lists and their boxes agree (§8.11.12).</summary>
    public static void CheckReferences(byte[] file, HeicBox references)
    {
        var reader = references.Reader(file);
        var isWide = reader.Byte() > 0;
        foreach (var box in HeicBox.Read(file, references.Content + 4, references.End, Most))
        {
            var list = box.Reader(file);
            list.Take(isWide ? 4 : 2);
            var count = list.UInt16();
            if (list.Remaining != count * (isWide ? 4 : 2)) throw FileRefusedException.Malformed;
        }
    }

    // §8.11.6: infe.
    private static HeicItem Entry(byte[] file, HeicBox box)
    {
        if (box.Type != "infe") throw FileRefusedException.Malformed;
        var reader = box.Reader(file);
        var version = reader.Byte();
        reader.Take(3);
        if (version is not (2 or 3)) throw FileRefusedException.Unsupported;
        var id = version == 2 ? reader.UInt16() : reader.UInt32();
        if (reader.UInt16() != 0) throw new FileRefusedException(FileDefect.Encrypted);
        var type = Encoding.Latin1.GetString(reader.Take(4));
        file.AsSpan(box.Content + reader.Position, reader.Remaining).Clear();
        // What isn't a picture is nothing any reader looks for from here on, instead of EXIF that is damaged.
        if (!HeicCleaner.PictureTypes.Contains(type)) "free"u8.CopyTo(file.AsSpan(box.Content + reader.Position - 4));
        return new HeicItem(id, type, []);
    }

    // §8.11.3
    private static void ReadPlaces(byte[] file, HeicBox box, Dictionary<uint, HeicItem> items, List<ByteRange> areas, ByteRange? own)
    {
        var reader = box.Reader(file);
        var version = reader.Byte();
        if (version > 2) throw FileRefusedException.Unsupported;
        reader.Take(3);
        byte sizes = reader.Byte(), more = reader.Byte();
        int offsetWidth = Width(sizes >> 4), lengthWidth = Width(sizes & 15), baseWidth = Width(more >> 4), indexWidth = version > 0 ? Width(more & 15) : 0;
        var count = version < 2 ? reader.UInt16() : reader.UInt32();
        if (count > Most) throw FileRefusedException.Unsupported;
        var seen = new HashSet<uint>();
        var total = 0;
        for (uint i = 0; i < count; i++)
        {
            var id = version < 2 ? reader.UInt16() : reader.UInt32();
            if (!seen.Add(id) || !items.TryGetValue(id, out var item)) throw FileRefusedException.Malformed;
            var method = version > 0 ? reader.UInt16() & 15 : 0;
            // Data in another file, or within another item.
            if (method > 1 || reader.UInt16() != 0) throw FileRefusedException.Unsupported;
            var start = reader.Number(baseWidth);
            var extents = reader.UInt16();
            total += extents;
            if (total > MostExtents) throw FileRefusedException.Unsupported;
            for (var j = 0; j < extents; j++)
            {
                reader.Take(indexWidth);
                item.Extents.Add(Place(start, reader.Number(offsetWidth), reader.Number(lengthWidth), method == 1 ? own : null, method, areas));
            }
        }
    }

    private static ByteRange Place(ulong start, ulong offset, ulong length, ByteRange? own, int method, List<ByteRange> areas)
    {
        // Far beyond any file that is taken, so that sums can't wrap.
        if (start > int.MaxValue || offset > int.MaxValue || length is 0 or > int.MaxValue) throw FileRefusedException.Malformed;
        var from = (long)start + (long)offset;
        if (method == 1) from += own?.Start ?? throw FileRefusedException.Malformed;
        var to = from + (long)length;
        var isWithin = method == 1 ? to <= own!.Value.End : areas.Exists(area => from >= area.Start && to <= area.End);
        return isWithin ? new ByteRange((int)from, (int)to) : throw FileRefusedException.Malformed;
    }

    private static int Width(int width) => width is 0 or 4 or 8 ? width : throw FileRefusedException.Malformed;
}
