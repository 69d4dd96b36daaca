using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Poolhouse.Tests.Account.Kyc;

/// <summary>A PDF file of one page with whatever a test puts into it.</summary>
internal sealed class PdfSample
{
    /// <summary>Entries of the catalog beside its pages.</summary>
    public string Catalog { get; init; } = "";

    /// <summary>Entries of the page.</summary>
    public string Page { get; init; } = "";

    /// <summary>Entries of the trailer.</summary>
    public string Trailer { get; init; } = "";

    /// <summary>Further objects, from number 5 on, without "n 0 obj".</summary>
    public string[] Objects { get; init; } = [];

    public int Pages { get; init; } = 1;

    public string Header { get; init; } = "%PDF-1.6\n";

    private IEnumerable<string> All =>
    [
        $"<</Type/Catalog/Pages 2 0 R {Catalog}>>",
        $"<</Type/Pages/Count {Pages}/Kids[{string.Join(' ', Enumerable.Range(0, Pages).Select(i => i == 0 ? "3 0 R" : $"{4 + Objects.Length + i} 0 R"))}]>>",
        $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R {Page}>>",
        Stream("", "BT (Jane Roe) Tj ET"),
        .. Objects,
        .. Enumerable.Range(1, Pages - 1).Select(_ => "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1]>>"),
    ];

    public static string Stream(string entries, string content) => $"<<{entries}/Length {content.Length}>>stream\n{content}\nendstream";

    /// <summary>Compressed content; one character a byte.</summary>
    public static string Deflate(byte[] content)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(content);
        return Encoding.Latin1.GetString(output.ToArray());
    }

    /// <summary>With a cross-reference table.</summary>
    public byte[] Build()
    {
        var file = new StringBuilder(Header);
        var offsets = new List<int>();
        foreach (var (value, i) in All.Select((value, i) => (value, i)))
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{value}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {offsets.Count + 1}/Root 1 0 R {Trailer}>>\nstartxref\n{start}\n%%EOF\n");
        return Samples.Bytes(file.ToString());
    }

    /// <summary>With everything but streams in an object stream, and a cross-reference stream with PNG's prediction: what current programs write.</summary>
    public byte[] BuildPacked()
    {
        var all = All.ToList();
        var container = all.Count + 1;
        var index = new StringBuilder();
        var body = new StringBuilder();
        var packed = all.Select((value, i) => (value, number: i + 1)).Where(o => !o.value.Contains("stream\n", StringComparison.Ordinal)).ToList();
        foreach (var (value, number) in packed)
        {
            index.Append(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
            body.Append(value).Append(' ');
        }

        var file = new StringBuilder(Header);
        var rows = new byte[container + 2][];
        rows[0] = [0, 0, 0, 0];
        for (var i = 0; i < packed.Count; i++) rows[packed[i].number] = [2, 0, (byte)container, (byte)i];
        foreach (var (value, i) in all.Select((value, i) => (value, i)))
        {
            if (!value.Contains("stream\n", StringComparison.Ordinal)) continue;
            rows[i + 1] = [1, (byte)(file.Length >> 8), (byte)file.Length, 0];
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{value}\nendobj\n");
        }

        rows[container] = [1, (byte)(file.Length >> 8), (byte)file.Length, 0];
        var content = Deflate(Samples.Bytes($"{index}{body}"));
        file.Append(CultureInfo.InvariantCulture, $"{container} 0 obj\n{Stream($"/Type/ObjStm/N {packed.Count}/First {index.Length}/Filter/FlateDecode", content)}\nendobj\n");
        var start = file.Length;
        rows[container + 1] = [1, (byte)(start >> 8), (byte)start, 0];
        // Filter 2 (up) for each row: ISO/IEC 15948 §9.2.
        var predicted = rows.SelectMany((row, i) => row.Select((value, j) => (byte)(value - (i == 0 ? 0 : rows[i - 1][j]))).Prepend((byte)2)).ToArray();
        var entries = $"/Type/XRef/Size {rows.Length}/W[1 2 1]/Root 1 0 R {Trailer}/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";
        file.Append(CultureInfo.InvariantCulture, $"{container + 1} 0 obj\n{Stream(entries, Deflate(predicted))}\nendobj\nstartxref\n{start}\n%%EOF\n");
        return Samples.Bytes(file.ToString());
    }
}
