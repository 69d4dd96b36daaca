using System.Buffers.Binary;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>
/// HEIC (ISO/IEC 23008-12, on ISO/IEC 14496-12 boxes). Positions within the file are numbers all over it, so it is blanked in place: of the data
/// only what picture items refer to is kept, all else becomes zeros (EXIF with GPS, XMP, depth of unknown kinds, what nobody refers to), and
/// boxes that aren't needed become <c>free</c>. A file where the two can't be told apart soundly is refused. Which side is up is a property here, not EXIF, and is kept.
/// </summary>
internal static class HeicCleaner
{
    private const int MaxBoxes = 2_000;

    // §6.6: tiles make a grid; tmap is the tone map of newer phones, whose base picture stands beside it.
    internal static readonly HashSet<string> PictureTypes = new(StringComparer.Ordinal) { "grid", "hvc1", "iden", "tmap" };

    // What showing needs: size, decoder, colours by number, turning, cutting. An ICC profile ("colr" of kind prof) is free text for who wants it to be.
    private static readonly HashSet<string> Properties = new(StringComparer.Ordinal)
    {
        "amve", "auxC", "cclv", "clap", "clli", "colr", "free", "hvcC", "imir", "irot", "ispe", "mdcv", "pasp", "pixi",
    };

    /// <summary>Whether a brand says HEVC pictures (Annex B.4).</summary>
    public static bool IsHeic(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..].StartsWith("ftyp"u8)) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(file);
        if (length < 16 || length > file.Length || length > 1024) return false;
        for (var at = 8; at + 4 <= length; at += 4)
        {
            var brand = file.Slice(at, 4);
            if (at != 12 && (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8))) return true;
        }

        return false;
    }

    public static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var copy = file.ToArray();
        HeicBox? meta = null;
        var areas = new List<ByteRange>();
        foreach (var box in HeicBox.Read(copy, 0, copy.Length, MaxBoxes))
        {
            switch (box.Type)
            {
                case "ftyp" when box.Start == 0:
                    break;
                case "meta" when meta is null:
                    meta = box;
                    break;
                case "mdat":
                    areas.Add(new ByteRange(box.Content, box.End));
                    break;
                default:
                    box.MakeFree(copy);
                    break;
            }
        }

        if (meta is not { } found) throw FileRefusedException.Malformed;
        var items = CleanMeta(copy, found, areas);
        Blank(copy, areas, items);
        return copy;
    }

    // §8.11.1; names of handlers and items are text and go.
    private static List<HeicItem> CleanMeta(byte[] file, HeicBox meta, List<ByteRange> areas)
    {
        var parts = new Dictionary<string, HeicBox>(StringComparer.Ordinal);
        foreach (var box in HeicBox.Read(file, meta.Content + 4, meta.End, MaxBoxes))
        {
            if (box.Type is not ("grpl" or "hdlr" or "idat" or "iinf" or "iloc" or "iprp" or "iref" or "pitm")) box.MakeFree(file);
            else if (!parts.TryAdd(box.Type, box)) throw FileRefusedException.Malformed;
        }

        var handler = Part(parts, "hdlr");
        var reader = handler.Reader(file);
        reader.Take(8);
        if (!reader.Take(4).SequenceEqual("pict"u8)) throw FileRefusedException.Unsupported;
        reader.Take(12);
        file.AsSpan(handler.Content + reader.Position, reader.Remaining).Clear();

        ByteRange? own = parts.TryGetValue("idat", out var data) ? new ByteRange(data.Content, data.End) : null;
        var items = HeicItems.Read(file, Part(parts, "iinf"), Part(parts, "iloc"), areas, own);
        if (own is { } area) areas.Add(area);
        CheckPrimary(file, Part(parts, "pitm"), items);
        CleanProperties(file, Part(parts, "iprp"));
        if (parts.TryGetValue("iref", out var references)) HeicItems.CheckReferences(file, references);
        foreach (var grid in items.Where(item => item.Type == "grid")) CheckGrid(file, grid);
        return items;
    }

    private static void CheckPrimary(byte[] file, HeicBox box, List<HeicItem> items)
    {
        var reader = box.Reader(file);
        var version = reader.Byte();
        reader.Take(3);
        var id = version == 0 ? reader.UInt16() : reader.UInt32();
        var primary = items.Find(item => item.Id == id) ?? throw FileRefusedException.Malformed;
        if (primary.Type is not ("grid" or "hvc1") || primary.Extents.Count == 0) throw FileRefusedException.Unsupported;
    }

    private static void CleanProperties(byte[] file, HeicBox properties)
    {
        var dropped = new HashSet<int>();
        var hasSize = false;
        var hasContainer = false;
        foreach (var box in HeicBox.Read(file, properties.Content, properties.End, MaxBoxes))
        {
            if (box.Type == "ipco" && !hasContainer)
            {
                hasContainer = true;
                var number = 0;
                foreach (var property in HeicBox.Read(file, box.Content, box.End, MaxBoxes))
                {
                    number++;
                    var reader = property.Reader(file);
                    if (property.Type == "ispe")
                    {
                        reader.Take(4);
                        FileLimits.CheckPixels(reader.UInt32(), reader.UInt32());
                        hasSize = true;
                    }

                    if (Properties.Contains(property.Type) && (property.Type != "colr" || reader.Take(4).SequenceEqual("nclx"u8))) continue;
                    property.MakeFree(file);
                    dropped.Add(number);
                }
            }
            else if (box.Type == "ipma" && hasContainer)
            {
                CheckAssociations(file, box, dropped);
            }
            else
            {
                box.MakeFree(file);
            }
        }

        if (!hasSize) throw FileRefusedException.Malformed;
    }

    // §8.11.14: a property marked as essential can't be left out.
    private static void CheckAssociations(byte[] file, HeicBox box, HashSet<int> dropped)
    {
        var reader = box.Reader(file);
        var version = reader.Byte();
        reader.Take(2);
        var isWide = (reader.Byte() & 1) != 0;
        var entries = reader.UInt32();
        for (uint i = 0; i < entries; i++)
        {
            reader.Take(version < 1 ? 2 : 4);
            var count = reader.Byte();
            for (var j = 0; j < count; j++)
            {
                var value = isWide ? reader.UInt16() : reader.Byte();
                var essential = isWide ? 0x8000 : 0x80;
                if ((value & essential) != 0 && dropped.Contains(value & ~essential)) throw FileRefusedException.Unsupported;
            }
        }
    }

    // §6.6.2.3: the size that the tiles make is said here once more.
    private static void CheckGrid(byte[] file, HeicItem item)
    {
        if (item.Extents is not [var extent]) throw FileRefusedException.Unsupported;
        var reader = new ByteReader(file.AsSpan(extent.Start, extent.End - extent.Start));
        if (reader.Byte() != 0) throw FileRefusedException.Unsupported;
        var isWide = (reader.Byte() & 1) != 0;
        var tiles = (reader.Byte() + 1) * (reader.Byte() + 1);
        if (isWide) FileLimits.CheckPixels(reader.UInt32(), reader.UInt32());
        else FileLimits.CheckPixels(reader.UInt16(), reader.UInt16());
        if (tiles > HeicItems.Most) throw FileRefusedException.Unsupported;
    }

    private static void Blank(byte[] file, List<ByteRange> areas, List<HeicItem> items)
    {
        var kept = items.Where(item => PictureTypes.Contains(item.Type)).SelectMany(item => item.Extents).OrderBy(extent => extent.Start).ToList();
        foreach (var item in items.Where(item => !PictureTypes.Contains(item.Type)))
            foreach (var extent in item.Extents)
                if (Overlaps(kept, extent)) throw FileRefusedException.Malformed;

        foreach (var area in areas)
        {
            var from = area.Start;
            foreach (var extent in kept.Where(extent => extent.Start < area.End && extent.End > area.Start))
            {
                if (extent.Start > from) file.AsSpan(from, extent.Start - from).Clear();
                from = Math.Max(from, extent.End);
            }

            if (from < area.End) file.AsSpan(from, area.End - from).Clear();
        }
    }

    // Sorted by start; extents of pictures may share bytes with each other, so a plain walk.
    private static bool Overlaps(List<ByteRange> kept, ByteRange extent) => kept.Exists(other => other.Start < extent.End && other.End > extent.Start);

    private static HeicBox Part(Dictionary<string, HeicBox> parts, string type) =>
        parts.TryGetValue(type, out var box) ? box : throw FileRefusedException.Malformed;
}
