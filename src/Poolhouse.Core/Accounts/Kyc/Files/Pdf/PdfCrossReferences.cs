using System.Runtime.InteropServices;

namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>Where an object is.</summary>
/// <param name="Offset">In the file; meaningless for a packed one.</param>
/// <param name="Container">The number of the object stream that has it; null when it stands in the file itself.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PdfPlace(int Offset, int? Container);

/// <summary>
/// The cross references of a file, tables (ISO 32000-2 §7.5.4) and streams (§7.5.8), the newest first: what an update replaced isn't read.
/// Files whose references are broken, which viewers repair by guessing, are refused: two programs would guess differently.
/// </summary>
internal sealed class PdfCrossReferences(PdfFile file, ReadOnlyMemory<byte> source)
{
    /// <summary>Objects of a file.</summary>
    public const int MaxObjects = 100_000;

    private const int MaxSections = 64;
    private const int Tail = 1024;

    private readonly Dictionary<int, PdfPlace?> _places = [];
    private readonly HashSet<int> _seen = [];
    private int _entries;

    /// <summary>The catalog.</summary>
    public PdfValue Root { get; private set; } = PdfValue.Null.Instance;

    /// <summary>Where an object is; null when its number isn't in use.</summary>
    public PdfPlace? Find(int number) => _places.GetValueOrDefault(number);

    /// <summary>Reads them all.</summary>
    public void Read()
    {
        var tail = Math.Max(0, source.Length - Tail);
        var at = source.Span[tail..].LastIndexOf("startxref"u8);
        if (at < 0) throw FileRefusedException.Malformed;
        var lexer = new PdfLexer(source, file.Budget, tail + at);
        lexer.Expect("startxref");
        int? next = lexer.ReadInteger();
        if (source.Span[lexer.Position..].IndexOf("%%EOF"u8) < 0) throw FileRefusedException.Malformed;
        while (next is { } offset)
        {
            if (_seen.Count > MaxSections) throw FileRefusedException.Unsupported;
            if (!_seen.Add(offset)) throw FileRefusedException.Malformed;
            next = ReadSection(offset);
        }

        if (Root is not PdfValue.Reference) throw FileRefusedException.Malformed;
    }

    private int? ReadSection(int offset)
    {
        var lexer = new PdfLexer(source, file.Budget, offset);
        if (!lexer.Accept("xref")) return ReadStream(offset);
        ReadTable(lexer);
        var trailer = lexer.Read() as PdfValue.Dictionary ?? throw FileRefusedException.Malformed;
        UseTrailer(trailer);
        // A file for old and new programs (§7.5.8.4): objects that only new ones see.
        if (Integer(trailer.Find("XRefStm")) is { } hybrid && _seen.Add(hybrid)) ReadStream(hybrid);
        return Integer(trailer.Find("Prev"));
    }

    private void ReadTable(PdfLexer lexer)
    {
        while (!lexer.Accept("trailer"))
        {
            int first = lexer.ReadInteger(), count = lexer.ReadInteger();
            if (count > MaxObjects) throw FileRefusedException.Unsupported;
            for (var i = 0; i < count; i++)
            {
                // Ten digits are more than an int has, but no file is that long.
                var offset = long.TryParse(lexer.ReadWord(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : -1;
                lexer.ReadInteger();
                var kind = lexer.ReadWord();
                if (offset < 0 || kind is not ("n" or "f") || (kind == "n" && offset > source.Length)) throw FileRefusedException.Malformed;
                Add((long)first + i, kind == "n" ? new PdfPlace((int)offset, null) : null);
            }
        }
    }

    private int? ReadStream(int offset)
    {
        if (file.ReadAt(offset, null) is not PdfValue.Stream stream || stream.Header.FindName("Type") != "XRef") throw FileRefusedException.Malformed;
        UseTrailer(stream.Header);
        if (stream.Header.Find("W") is not PdfValue.Array { Items: [var a, var b, var c] }) throw FileRefusedException.Malformed;
        int kindWidth = Width(a), secondWidth = Width(b), thirdWidth = Width(c);
        var index = stream.Header.Find("Index") is PdfValue.Array list ? list.Items : [new PdfValue.Plain("0"), stream.Header.Find("Size") ?? throw FileRefusedException.Malformed];
        if (index.Count % 2 != 0) throw FileRefusedException.Malformed;
        var reader = new ByteReader(file.Decode(stream));
        for (var i = 0; i < index.Count; i += 2)
        {
            int first = Integer(index[i]) ?? throw FileRefusedException.Malformed, count = Integer(index[i + 1]) ?? throw FileRefusedException.Malformed;
            for (var j = 0; j < count; j++)
            {
                var kind = kindWidth == 0 ? 1 : reader.Number(kindWidth);
                ulong second = reader.Number(secondWidth), third = reader.Number(thirdWidth);
                var place = kind switch
                {
                    0 => (PdfPlace?)null,
                    1 when second <= (ulong)source.Length => new PdfPlace((int)second, null),
                    2 when second <= int.MaxValue && third <= int.MaxValue => new PdfPlace(0, (int)second),
                    _ => throw FileRefusedException.Malformed,
                };
                Add((long)first + j, place);
            }
        }

        return Integer(stream.Header.Find("Prev"));
    }

    private void UseTrailer(PdfValue.Dictionary trailer)
    {
        if (trailer.Find("Encrypt") is not (null or PdfValue.Null)) throw new FileRefusedException(FileDefect.Encrypted);
        if (Root is PdfValue.Null && trailer.Find("Root") is { } root) Root = root;
    }

    // The newest section comes first and wins.
    private void Add(long number, PdfPlace? place)
    {
        if (number > int.MaxValue) throw FileRefusedException.Malformed;
        // Sections may repeat numbers, and entries of streams may have no bytes at all.
        if (++_entries > 4 * MaxObjects) throw FileRefusedException.Unsupported;
        _places.TryAdd((int)number, place);
        if (_places.Count > MaxObjects) throw FileRefusedException.Unsupported;
    }

    private static int Width(PdfValue value) => Integer(value) is { } width and <= 8 ? width : throw FileRefusedException.Malformed;

    private static int? Integer(PdfValue? value) => value switch
    {
        null or PdfValue.Null => null,
        PdfValue.Plain { Integer: >= 0 and <= int.MaxValue and var number } => (int)number,
        _ => throw FileRefusedException.Malformed,
    };
}
