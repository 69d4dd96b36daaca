namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>A file's objects by their numbers, read when they are asked for.</summary>
internal sealed class PdfFile
{
    // Of object and cross-reference streams; a document of 20 pages has a few hundred KB.
    private const int MaxObjectStream = 16 * 1024 * 1024;
    private const int MaxDirect = 32;

    private readonly ReadOnlyMemory<byte> _source;
    private readonly PdfCrossReferences _references;
    private readonly Dictionary<int, PdfValue> _objects = [];
    private readonly Dictionary<int, Dictionary<int, PdfValue>> _packed = [];
    private readonly HashSet<int> _underWay = [];

    /// <summary>Opens a file by its cross references; throws if it is protected or damaged.</summary>
    public PdfFile(ReadOnlyMemory<byte> source)
    {
        _source = source;
        _references = new PdfCrossReferences(this, source);
        _references.Read();
    }

    /// <summary>What all compressed parts may unpack to.</summary>
    public Inflation Inflation { get; } = new(FileLimits.UnpackedBytes);

    /// <summary>How many values there may be.</summary>
    public PdfBudget Budget { get; } = new();

    /// <summary>The catalog's reference.</summary>
    public PdfValue Root => _references.Root;

    /// <summary>The value itself, whatever references lead to it; null for an absent one.</summary>
    public PdfValue? Direct(PdfValue? value)
    {
        for (var i = 0; value is PdfValue.Reference reference; i++)
        {
            if (i > MaxDirect) throw FileRefusedException.Malformed;
            value = Find(reference);
        }

        return value is PdfValue.Null ? null : value;
    }

    /// <summary>An object; null's object for a number that isn't in use (§7.3.10).</summary>
    public PdfValue Find(PdfValue.Reference reference)
    {
        var number = reference.Number;
        if (_objects.TryGetValue(number, out var known)) return known;
        if (_references.Find(number) is not { } place) return PdfValue.Null.Instance;
        // A stream whose length is within itself, and the like.
        if (!_underWay.Add(number)) throw FileRefusedException.Malformed;
        var value = place.Container is { } container
            ? Unpack(container).GetValueOrDefault(number) ?? throw FileRefusedException.Malformed
            : ReadAt(place.Offset, number);
        _underWay.Remove(number);
        return _objects[number] = value;
    }

    /// <summary>The object at a place in the file.</summary>
    /// <param name="offset">Where its number stands.</param>
    /// <param name="expected">The number it must have; null takes any.</param>
    public PdfValue ReadAt(int offset, int? expected)
    {
        var lexer = new PdfLexer(_source, Budget, offset);
        var number = lexer.ReadInteger();
        if (expected is { } wanted && wanted != number) throw FileRefusedException.Malformed;
        lexer.ReadInteger();
        lexer.Expect("obj");
        var value = lexer.Read();
        if (value is PdfValue.Dictionary header && lexer.Accept("stream")) value = new PdfValue.Stream(header, ReadStream(lexer, header));
        lexer.Expect("endobj");
        // Also the space before "endstream", which may be most of the file.
        Budget.SpendBytes(lexer.Position - offset);
        return value;
    }

    /// <summary>A stream with all filters undone; for streams of objects.</summary>
    public byte[] Decode(PdfValue.Stream stream)
    {
        var bytes = stream.Bytes;
        foreach (var (name, parameters) in PdfFilters.Of(stream.Header, this))
            bytes = PdfFilters.Undo(name, parameters, bytes, Inflation, MaxObjectStream, this);
        return bytes.ToArray();
    }

    // §7.3.8.1: after the keyword a line feed, or a carriage return and one; then exactly Length bytes.
    private ReadOnlyMemory<byte> ReadStream(PdfLexer lexer, PdfValue.Dictionary header)
    {
        var span = _source.Span;
        var at = lexer.Position;
        if (at < span.Length && span[at] == '\r') at++;
        if (at >= span.Length || span[at] != '\n') throw FileRefusedException.Malformed;
        at++;
        var length = (Direct(header.Find("Length")) as PdfValue.Plain)?.Integer;
        if (length is null or < 0 || length > span.Length - at) throw FileRefusedException.Malformed;
        lexer.Position = at + (int)length;
        lexer.Expect("endstream");
        return _source.Slice(at, (int)length);
    }

    // §7.5.7
    private Dictionary<int, PdfValue> Unpack(int container)
    {
        if (_packed.TryGetValue(container, out var known)) return known;
        if (_references.Find(container) is not { Container: null } || Find(new PdfValue.Reference(container, 0)) is not PdfValue.Stream stream) throw FileRefusedException.Malformed;
        if (stream.Header.FindName("Type") != "ObjStm") throw FileRefusedException.Malformed;
        var count = (Direct(stream.Header.Find("N")) as PdfValue.Plain)?.Integer;
        var first = (Direct(stream.Header.Find("First")) as PdfValue.Plain)?.Integer;
        if (count is null or < 0 or > PdfCrossReferences.MaxObjects || first is null or < 0) throw FileRefusedException.Malformed;
        var bytes = Decode(stream);
        var lexer = new PdfLexer(bytes, Budget);
        var objects = new Dictionary<int, PdfValue>();
        for (var i = 0; i < count; i++)
        {
            var number = lexer.ReadInteger();
            var offset = first.Value + lexer.ReadInteger();
            if (offset > bytes.Length || offset > int.MaxValue) throw FileRefusedException.Malformed;
            // The cross references may say that another object stream has the number.
            if (_references.Find(number)?.Container == container) objects.TryAdd(number, new PdfLexer(bytes, Budget, (int)offset).Read());
        }

        return _packed[container] = objects;
    }
}
