using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Poolhouse.Core.Accounts.Kyc.Files;

/// <summary>
/// PNG (ISO/IEC 15948). Every chunk's checksum is checked and the pixels must unpack to exactly the picture's size. Kept are the critical
/// chunks and those that say how to show the picture; texts, times, ICC profiles, EXIF (but its orientation), further frames and what follows the end are left out.
/// </summary>
internal static class PngCleaner
{
    private const int MaxChunks = 100_000;

    // Kept with exactly these lengths; tRNS, bKGD and sBIT depend on the colour type and are bounded.
    private static readonly Dictionary<string, (int Least, int Most)> Harmless = new(StringComparer.Ordinal)
    {
        ["bKGD"] = (1, 6),
        ["cHRM"] = (32, 32),
        ["gAMA"] = (4, 4),
        ["pHYs"] = (9, 9),
        ["sBIT"] = (1, 4),
        ["sRGB"] = (1, 1),
        ["tRNS"] = (1, 256),
    };

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Clean(ReadOnlySpan<byte> file)
    {
        var reader = new ByteReader(file);
        reader.Take(Signature.Length);
        using var head = new MemoryStream();
        using var pixels = new MemoryStream(file.Length);
        using var packed = new MemoryStream(file.Length);
        head.Write(Signature);
        var header = default(Header);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        byte orientation = 1;
        var state = 0; // 0 before the pixels, 1 within, 2 after.
        for (var count = 0; ; count++)
        {
            if (count > MaxChunks) throw FileRefusedException.Unsupported;
            var chunk = Chunk(ref reader, out var name, out var whole);
            if ((count == 0) != (name == "IHDR")) throw FileRefusedException.Malformed;
            if (name == "IEND")
            {
                if (state == 0 || chunk.Length > 0) throw FileRefusedException.Malformed;
                break;
            }

            if (name == "IDAT")
            {
                if (state == 2 || (header.ColourType == 3 && !seen.Contains("PLTE"))) throw FileRefusedException.Malformed;
                state = 1;
                pixels.Write(whole);
                packed.Write(chunk);
                continue;
            }

            if (state == 1) state = 2;
            if (name == "IHDR") header = Header.Read(chunk);
            if (name == "PLTE" && (state > 0 || chunk.Length is 0 or > 768 || chunk.Length % 3 != 0 || !seen.Add(name))) throw FileRefusedException.Malformed;
            if (name is "IHDR" or "PLTE") head.Write(whole);
            else if (char.IsAsciiLetterUpper(name[0])) throw FileRefusedException.Unsupported;
            else if (name == "eXIf") orientation = ExifOrientation.Read(chunk);
            else if (state == 0 && Harmless.TryGetValue(name, out var length) && chunk.Length >= length.Least && chunk.Length <= length.Most && seen.Add(name)) head.Write(whole);
        }

        var unpacked = new Inflation(FileLimits.UnpackedBytes).Measure(packed.GetBuffer().AsMemory(0, (int)packed.Length));
        if (unpacked != header.PixelBytes) throw FileRefusedException.Malformed;
        if (orientation != 1) Write(head, "eXIf"u8, ExifOrientation.Build(orientation));
        pixels.WriteTo(head);
        Write(head, "IEND"u8, []);
        return head.ToArray();
    }

    private static ReadOnlySpan<byte> Chunk(ref ByteReader reader, out string name, out ReadOnlySpan<byte> whole)
    {
        var all = reader.Rest;
        var length = reader.UInt32();
        var checkedPart = reader.Rest;
        var type = reader.Take(4);
        foreach (var letter in type)
            if (!char.IsAsciiLetter((char)letter)) throw FileRefusedException.Malformed;
        name = System.Text.Encoding.ASCII.GetString(type);
        var chunk = reader.Take(length);
        if (reader.UInt32() != Crc32.Of(checkedPart[..(chunk.Length + 4)])) throw FileRefusedException.Malformed;
        whole = all[..(chunk.Length + 12)];
        return chunk;
    }

    private static void Write(MemoryStream output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> chunk)
    {
        var bytes = new byte[chunk.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(bytes, chunk.Length);
        name.CopyTo(bytes.AsSpan(4));
        chunk.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(chunk.Length + 8), Crc32.Of(bytes.AsSpan(4, chunk.Length + 4)));
        output.Write(bytes);
    }

    /// <summary>§11.2.2</summary>
    /// <param name="ColourType">0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</param>
    /// <param name="PixelBytes">Bytes of the unpacked picture with its filter bytes (§7.2, §8.2).</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Header(byte ColourType, long PixelBytes)
    {
        // The seven passes of interlacing: start and step, horizontally and vertically.
        private static readonly (int X, int Y, int Right, int Down)[] Passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

        public static Header Read(ReadOnlySpan<byte> chunk)
        {
            if (chunk.Length != 13) throw FileRefusedException.Malformed;
            var reader = new ByteReader(chunk);
            long width = reader.UInt32(), height = reader.UInt32();
            FileLimits.CheckPixels(width, height);
            byte depth = reader.Byte(), colour = reader.Byte();
            var samples = (colour, depth) switch
            {
                (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
                (2, 8 or 16) => 3,
                (4, 8 or 16) => 2,
                (6, 8 or 16) => 4,
                _ => throw FileRefusedException.Malformed,
            };
            if (reader.Byte() != 0 || reader.Byte() != 0) throw FileRefusedException.Malformed;
            var bits = samples * depth;
            var bytes = reader.Byte() switch
            {
                0 => Rows(width, height, bits),
                1 => Passes.Sum(pass => Rows((width - pass.X + pass.Right - 1) / pass.Right, (height - pass.Y + pass.Down - 1) / pass.Down, bits)),
                _ => throw FileRefusedException.Malformed,
            };
            if (bytes > FileLimits.UnpackedBytes) throw new FileRefusedException(FileDefect.TooLargeUnpacked);
            return new Header(colour, bytes);
        }

        private static long Rows(long width, long height, int bits) => width <= 0 || height <= 0 ? 0 : height * (1 + (((width * bits) + 7) / 8));
    }
}
