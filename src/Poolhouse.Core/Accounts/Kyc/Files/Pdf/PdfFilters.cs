namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>The filters of streams that have to be undone here: ISO 32000-2 §7.4.</summary>
internal static class PdfFilters
{
    /// <summary>The filters of a stream in the order they are undone, each with its parameters. Everything must be direct, see <see cref="PdfFile.Direct"/>.</summary>
    public static List<(string Name, PdfValue.Dictionary? Parameters)> Of(PdfValue.Dictionary header, PdfFile file)
    {
        var filters = List(header.Find("Filter"), file);
        var parameters = List(header.Find("DecodeParms"), file);
        if (filters.Count > 8) throw FileRefusedException.Unsupported;
        return [.. filters.Select((filter, i) => (
            (filter as PdfValue.Name ?? throw FileRefusedException.Malformed).Text,
            i < parameters.Count ? parameters[i] as PdfValue.Dictionary : null))];
    }

    /// <summary>Undoes a filter.</summary>
    public static byte[] Undo(string filter, PdfValue.Dictionary? parameters, ReadOnlyMemory<byte> bytes, Inflation inflation, int most, PdfFile file) => filter switch
    {
        "FlateDecode" => UndoPredictor(inflation.Unpack(bytes, most), parameters, file),
        "ASCII85Decode" => UndoBase85(bytes.Span),
        "ASCIIHexDecode" => UndoHexadecimal(bytes.Span),
        _ => throw FileRefusedException.Unsupported,
    };

    private static List<PdfValue> List(PdfValue? value, PdfFile file) => file.Direct(value) switch
    {
        PdfValue.Array array => [.. array.Items.Select(item => file.Direct(item) ?? PdfValue.Null.Instance)],
        null or PdfValue.Null => [],
        { } one => [one],
    };

    // §7.4.4.4; PNG's (ISO/IEC 15948 §9.2) are what writers of cross-reference streams use.
    private static byte[] UndoPredictor(byte[] bytes, PdfValue.Dictionary? parameters, PdfFile file)
    {
        var predictor = Number(parameters, "Predictor", 1, file);
        if (predictor == 1) return bytes;
        if (predictor is < 10 or > 15) throw FileRefusedException.Unsupported;
        long columns = Number(parameters, "Columns", 1, file), colours = Number(parameters, "Colors", 1, file), depth = Number(parameters, "BitsPerComponent", 8, file);
        if (columns is < 1 or > 1_000_000 || colours is < 1 or > 32 || depth is not (1 or 2 or 4 or 8 or 16)) throw FileRefusedException.Malformed;
        var pixel = (int)Math.Max(1, colours * depth / 8);
        var width = (int)(((columns * colours * depth) + 7) / 8);
        if (width > bytes.Length) throw FileRefusedException.Malformed;
        var rows = (bytes.Length + width) / (width + 1);
        var result = new byte[rows * (long)width];
        for (var row = 0; row < rows; row++)
        {
            var from = row * (width + 1);
            var kind = bytes[from];
            var length = Math.Min(width, bytes.Length - from - 1);
            var line = result.AsSpan(row * width, width);
            var above = row == 0 ? default : result.AsSpan((row - 1) * width, width);
            for (var i = 0; i < length; i++)
            {
                int left = i >= pixel ? line[i - pixel] : 0, up = above.IsEmpty ? 0 : above[i], corner = i >= pixel && !above.IsEmpty ? above[i - pixel] : 0;
                line[i] = (byte)(bytes[from + 1 + i] + kind switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => throw FileRefusedException.Malformed,
                });
            }
        }

        return result;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    // §7.4.3: five digits of base 85 are four bytes, z is four zeros, ~> the end.
    private static byte[] UndoBase85(ReadOnlySpan<byte> text)
    {
        using var output = new MemoryStream(text.Length);
        Span<byte> group = stackalloc byte[4];
        ulong value = 0;
        var count = 0;
        foreach (var next in text)
        {
            if (next is 0 or 9 or 10 or 12 or 13 or 32) continue;
            if (next == '~') break;
            if (next == 'z' && count == 0)
            {
                output.Write([0, 0, 0, 0]);
                continue;
            }

            if (next is < (byte)'!' or > (byte)'u') throw FileRefusedException.Malformed;
            value = (value * 85) + (uint)(next - '!');
            if (++count < 5) continue;
            Group(value, group);
            output.Write(group);
            (value, count) = (0, 0);
        }

        if (count == 1) throw FileRefusedException.Malformed;
        if (count > 1)
        {
            for (var i = count; i < 5; i++) value = (value * 85) + 84;
            Group(value, group);
            output.Write(group[..(count - 1)]);
        }

        return output.ToArray();
    }

    private static void Group(ulong value, Span<byte> group)
    {
        if (value > uint.MaxValue) throw FileRefusedException.Malformed;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(group, (uint)value);
    }

    private static byte[] UndoHexadecimal(ReadOnlySpan<byte> text)
    {
        var digits = new List<char>(text.Length);
        foreach (var next in text)
        {
            if (next is 0 or 9 or 10 or 12 or 13 or 32) continue;
            if (next == '>') break;
            if (!char.IsAsciiHexDigit((char)next)) throw FileRefusedException.Malformed;
            digits.Add((char)next);
        }

        if (digits.Count % 2 == 1) digits.Add('0');
        return Convert.FromHexString([.. digits]);
    }

    private static long Number(PdfValue.Dictionary? parameters, string key, long missing, PdfFile file) =>
        file.Direct(parameters?.Find(key)) is { } value ? (value as PdfValue.Plain)?.Integer ?? throw FileRefusedException.Malformed : missing;
}
