namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>
/// JPEG (ITU-T T.81 Annex B): baseline, extended and progressive Huffman coding, which is what cameras and scanners make and every program shows.
/// Kept are tables, frame and scans; JFIF's density without its thumbnail, Adobe's colour transform, and EXIF's orientation are written
/// anew. Comments, all other APPn (EXIF with GPS and thumbnail, XMP, IPTC, ICC, further pictures) and what follows the end are left out.
/// </summary>
internal static class JpegCleaner
{
    // Decoders go over the whole picture for each scan; encoders make about ten.
    private const int MaxScans = 64;

    private const byte Fill = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var reader = new ByteReader(file);
        if (reader.UInt16() != 0xFFD8) throw FileRefusedException.Malformed;
        var head = default(Head);
        head.Orientation = 1;
        var components = ReadOnlySpan<byte>.Empty;
        var scans = 0;
        using var body = new MemoryStream(file.Length);
        while (true)
        {
            var marker = Marker(ref reader);
            if (marker == EndOfImage) break;
            if (marker is < 0xC0 or StartOfImage or (>= 0xD0 and <= 0xD7)) throw FileRefusedException.Malformed;
            var length = reader.UInt16();
            if (length < 2) throw FileRefusedException.Malformed;
            var segment = reader.Take(length - 2);
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    if (!components.IsEmpty) throw FileRefusedException.Malformed;
                    components = Frame(segment);
                    break;
                case 0xC4:
                    CheckHuffmanTables(segment);
                    break;
                case 0xDB:
                    CheckQuantizationTables(segment);
                    break;
                case 0xDD:
                    if (segment.Length != 2) throw FileRefusedException.Malformed;
                    break;
                case StartOfScan:
                    CheckScan(segment, components);
                    if (++scans > MaxScans) throw FileRefusedException.Unsupported;
                    break;
                case >= 0xE0 and <= 0xEF:
                    head.Read(marker, segment);
                    continue;
                case 0xFE:
                    continue;
                default:
                    // Lossless, hierarchical and arithmetic coding, heights given later, and extensions (T.81 table B.1).
                    throw FileRefusedException.Unsupported;
            }

            Write(body, marker, segment);
            if (marker == StartOfScan) CopyEntropyCoded(ref reader, body);
        }

        if (scans == 0) throw FileRefusedException.Malformed;
        using var output = new MemoryStream((int)body.Length + 64);
        output.Write([Fill, StartOfImage]);
        head.Write(output);
        body.WriteTo(output);
        output.Write([Fill, EndOfImage]);
        return output.ToArray();
    }

    // §B.1.1.2: any number of fill bytes may stand before a marker.
    private static byte Marker(ref ByteReader reader)
    {
        if (reader.Byte() != Fill) throw FileRefusedException.Malformed;
        byte code;
        do code = reader.Byte();
        while (code == Fill);
        return code;
    }

    // §B.2.2; answers the components' ids.
    private static ReadOnlySpan<byte> Frame(ReadOnlySpan<byte> segment)
    {
        var reader = new ByteReader(segment);
        if (reader.Byte() != 8) throw FileRefusedException.Unsupported;
        int height = reader.UInt16(), width = reader.UInt16();
        FileLimits.CheckPixels(width, height);
        var count = reader.Byte();
        if (count is < 1 or > 4 || reader.Remaining != count * 3) throw FileRefusedException.Malformed;
        var ids = new byte[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = reader.Byte();
            var sampling = reader.Byte();
            if ((sampling >> 4) is < 1 or > 4 || (sampling & 15) is < 1 or > 4 || reader.Byte() > 3) throw FileRefusedException.Malformed;
            if (ids.AsSpan(0, i).Contains(ids[i])) throw FileRefusedException.Malformed;
        }

        return ids;
    }

    // §B.2.3
    private static void CheckScan(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> components)
    {
        var reader = new ByteReader(segment);
        var count = reader.Byte();
        if (count is < 1 or > 4 || count > components.Length || reader.Remaining != (count * 2) + 3) throw FileRefusedException.Malformed;
        for (var i = 0; i < count; i++)
        {
            if (!components.Contains(reader.Byte())) throw FileRefusedException.Malformed;
            var tables = reader.Byte();
            if ((tables >> 4) > 3 || (tables & 15) > 3) throw FileRefusedException.Malformed;
        }

        if (reader.Byte() > 63 || reader.Byte() > 63) throw FileRefusedException.Malformed;
    }

    // §B.2.4.1
    private static void CheckQuantizationTables(ReadOnlySpan<byte> segment)
    {
        var reader = new ByteReader(segment);
        do
        {
            var kind = reader.Byte();
            if ((kind >> 4) > 1 || (kind & 15) > 3) throw FileRefusedException.Malformed;
            reader.Take((kind >> 4) == 0 ? 64 : 128);
        }
        while (reader.Remaining > 0);
    }

    // §B.2.4.2
    private static void CheckHuffmanTables(ReadOnlySpan<byte> segment)
    {
        var reader = new ByteReader(segment);
        do
        {
            var kind = reader.Byte();
            if ((kind >> 4) > 1 || (kind & 15) > 3) throw FileRefusedException.Malformed;
            var values = 0;
            foreach (var count in reader.Take(16)) values += count;
            if (values > 256) throw FileRefusedException.Malformed;
            reader.Take(values);
        }
        while (reader.Remaining > 0);
    }

    // §B.1.1.5: up to the next marker that is neither a stuffed zero nor a restart.
    private static void CopyEntropyCoded(ref ByteReader reader, MemoryStream output)
    {
        while (true)
        {
            var rest = reader.Rest;
            var at = rest.IndexOf(Fill);
            if (at < 0 || at + 1 >= rest.Length) throw FileRefusedException.Malformed;
            output.Write(reader.Take(at));
            switch (rest[at + 1])
            {
                case 0x00 or (>= 0xD0 and <= 0xD7):
                    output.Write(reader.Take(2));
                    break;
                case Fill:
                    reader.Take(1);
                    break;
                default:
                    return;
            }
        }
    }

    private static void Write(MemoryStream output, byte marker, ReadOnlySpan<byte> segment)
    {
        var length = segment.Length + 2;
        output.Write([Fill, marker, (byte)(length >> 8), (byte)length]);
        output.Write(segment);
    }

    /// <summary>What is kept of APPn.</summary>
    private ref struct Head
    {
        private ReadOnlySpan<byte> _density;
        private ReadOnlySpan<byte> _adobe;

        public byte Orientation;

        public void Read(byte marker, ReadOnlySpan<byte> segment)
        {
            switch (marker)
            {
                // JFIF 1.02 §10.1: identifier, version, units, densities, and then the thumbnail.
                case 0xE0 when _density.IsEmpty && segment.Length >= 14 && segment.StartsWith("JFIF\0"u8):
                    _density = segment[7..12];
                    break;
                case 0xE1 when Orientation == 1 && segment.StartsWith("Exif\0\0"u8):
                    Orientation = ExifOrientation.Read(segment[6..]);
                    break;
                // Adobe Technical Note 5116 §18: version, flags, and how colours were transformed.
                case 0xEE when _adobe.IsEmpty && segment.Length >= 12 && segment.StartsWith("Adobe"u8):
                    _adobe = segment[..12];
                    break;
                default:
                    break;
            }
        }

        public readonly void Write(MemoryStream output)
        {
            if (!_density.IsEmpty) JpegCleaner.Write(output, 0xE0, [.. "JFIF\0"u8, 1, 1, .. _density, 0, 0]);
            if (Orientation != 1) JpegCleaner.Write(output, 0xE1, [.. "Exif\0\0"u8, .. ExifOrientation.Build(Orientation)]);
            if (!_adobe.IsEmpty) JpegCleaner.Write(output, 0xEE, _adobe);
        }
    }
}
