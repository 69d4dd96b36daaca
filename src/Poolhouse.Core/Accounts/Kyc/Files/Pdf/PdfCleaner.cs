using System.Globalization;

namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>
/// PDF (ISO 32000). The document is written anew from the objects that its pages lead to, so that nothing else is left: the information dictionary,
/// XMP, earlier versions, objects nobody refers to, what stands before or behind. Scripts, programs to start and files within are refused,
/// see <see cref="PdfPolicy"/>; photos within lose what photos lose. Digital signatures don't survive it.
/// </summary>
internal static class PdfCleaner
{
    private const int MaxTreeDepth = 32;

    public static byte[] Clean(ReadOnlyMemory<byte> source)
    {
        CheckHeader(source.Span);
        var file = new PdfFile(source);
        if (file.Direct(file.Root) is not PdfValue.Dictionary catalog) throw FileRefusedException.Malformed;
        var pages = 0;
        CountPages(file, catalog.Find("Pages"), 0, [], ref pages);
        if (pages == 0) throw FileRefusedException.Malformed;
        return new Copy(file).Run(PdfPolicy.CleanCatalog(catalog, file));
    }

    // §7.5.2, at the very start: what stands before it would be another program's file.
    private static void CheckHeader(ReadOnlySpan<byte> source)
    {
        if (source.Length < 8 || source[5] is not ((byte)'1' or (byte)'2') || source[6] != '.' || !char.IsAsciiDigit((char)source[7])) throw FileRefusedException.Malformed;
    }

    // §7.7.3.2: a tree in which no page and no branch is met twice.
    private static void CountPages(PdfFile file, PdfValue? value, int depth, HashSet<int> seen, ref int pages)
    {
        if (depth > MaxTreeDepth) throw FileRefusedException.Unsupported;
        if (value is not PdfValue.Reference reference || !seen.Add(reference.Number)) throw FileRefusedException.Malformed;
        if (file.Direct(reference) is not PdfValue.Dictionary node) throw FileRefusedException.Malformed;
        switch ((file.Direct(node.Find("Type")) as PdfValue.Name)?.Text)
        {
            case "Pages":
                if (file.Direct(node.Find("Kids")) is not PdfValue.Array kids) throw FileRefusedException.Malformed;
                foreach (var kid in kids.Items) CountPages(file, kid, depth + 1, seen, ref pages);
                break;
            case "Page" when depth > 0:
                if (++pages > FileLimits.Pages) throw new FileRefusedException(FileDefect.TooManyPages);
                break;
            default:
                throw FileRefusedException.Malformed;
        }
    }

    /// <summary>Copies what can be reached, under new numbers.</summary>
    private sealed class Copy(PdfFile file)
    {
        private readonly Dictionary<int, int> _numbers = [];
        private readonly Queue<int> _waiting = new();
        private int _pages;

        public byte[] Run(PdfValue.Dictionary catalog)
        {
            using var writer = new PdfWriter();
            // The catalog is the first object and nothing refers to it under its old number: a reference to it would be copied again, unchecked as a catalog.
            if (file.Root is PdfValue.Reference root) _numbers.Add(root.Number, 1);
            writer.Add(Value(catalog));
            while (_waiting.TryDequeue(out var number))
                writer.Add(Value(file.Find(new PdfValue.Reference(number, 0))));
            return writer.Finish();
        }

        private PdfValue Value(PdfValue value) => value switch
        {
            PdfValue.Reference reference => new PdfValue.Reference(Number(reference), 0),
            PdfValue.Array array => new PdfValue.Array([.. array.Items.Select(Value)]),
            PdfValue.Dictionary dictionary => Dictionary(dictionary),
            PdfValue.Stream stream => Stream(stream),
            _ => value,
        };

        private int Number(PdfValue.Reference reference)
        {
            if (_numbers.TryGetValue(reference.Number, out var number)) return number;
            number = _numbers.Count + 1;
            _numbers.Add(reference.Number, number);
            _waiting.Enqueue(reference.Number);
            return number;
        }

        private PdfValue.Dictionary Dictionary(PdfValue.Dictionary dictionary)
        {
            var clean = PdfPolicy.Clean(dictionary, file);
            // Pages that the tree doesn't have, but a link does.
            if (clean.FindName("Type") == "Page" && ++_pages > FileLimits.Pages) throw new FileRefusedException(FileDefect.TooManyPages);
            return new PdfValue.Dictionary(clean.Entries.ToDictionary(entry => entry.Key, entry => Value(entry.Value), StringComparer.Ordinal));
        }

        private PdfValue.Stream Stream(PdfValue.Stream stream)
        {
            var filters = PdfFilters.Of(stream.Header, file);
            PdfPolicy.CheckStream(stream.Header, filters.Select(filter => filter.Name));
            CheckImage(stream.Header);
            var entries = stream.Header.Entries.ToDictionary(StringComparer.Ordinal);
            var bytes = stream.Bytes;
            if (filters is [.., ("DCTDecode", var parameters)])
            {
                foreach (var (name, with) in filters.Take(filters.Count - 1)) bytes = PdfFilters.Undo(name, with, bytes, file.Inflation, FileLimits.Bytes, file);
                bytes = JpegCleaner.Clean(bytes.Span);
                entries["Filter"] = new PdfValue.Name("DCTDecode");
                entries.Remove("DecodeParms");
                if (parameters is not null) entries["DecodeParms"] = parameters;
            }
            else if (filters is [("FlateDecode", _), ..])
            {
                file.Inflation.Measure(bytes);
            }

            entries["Length"] = new PdfValue.Plain(bytes.Length.ToString(CultureInfo.InvariantCulture));
            return new PdfValue.Stream(Dictionary(new PdfValue.Dictionary(entries)), bytes);
        }

        private void CheckImage(PdfValue.Dictionary header)
        {
            if ((file.Direct(header.Find("Subtype")) as PdfValue.Name)?.Text != "Image") return;
            if (file.Direct(header.Find("Width")) is not PdfValue.Plain { Integer: { } width } || file.Direct(header.Find("Height")) is not PdfValue.Plain { Integer: { } height }) throw FileRefusedException.Malformed;
            FileLimits.CheckPixels(width, height);
        }
    }
}
