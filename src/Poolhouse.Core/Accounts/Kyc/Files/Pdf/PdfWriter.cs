using System.Globalization;
using System.Text;

namespace Poolhouse.Core.Accounts.Kyc.Files.Pdf;

/// <summary>Writes a file from nothing: header, objects, one cross-reference table, a trailer that names the catalog only.</summary>
internal sealed class PdfWriter : IDisposable
{
    // Unpacked object streams make a file larger, but no honest one by this much.
    private const int Most = 2 * FileLimits.Bytes;

    private readonly MemoryStream _output = new();
    private readonly List<long> _offsets = [];

    public PdfWriter() => _output.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);

    /// <summary>Writes the next object; they have the numbers from 1 on.</summary>
    public void Add(PdfValue value)
    {
        _offsets.Add(_output.Length);
        Text($"{_offsets.Count} 0 obj\n");
        if (value is PdfValue.Stream stream)
        {
            Write(stream.Header);
            Text("\nstream\n");
            _output.Write(stream.Bytes.Span);
            Text("\nendstream");
        }
        else
        {
            Write(value);
        }

        Text("\nendobj\n");
        if (_output.Length > Most) throw new FileRefusedException(FileDefect.TooLargeUnpacked);
    }

    /// <summary>Ends the file, whose catalog is the first object.</summary>
    public byte[] Finish()
    {
        var start = _output.Length;
        Text($"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in _offsets) Text($"{offset:D10} 00000 n \n");
        Text($"trailer\n<</Size {_offsets.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        return _output.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _output.Dispose();

    private void Write(PdfValue value)
    {
        switch (value)
        {
            case PdfValue.Plain plain:
                Text(plain.Text);
                break;
            case PdfValue.Name name:
                WriteName(name.Text);
                break;
            case PdfValue.Literal text:
                Text("<" + Convert.ToHexString(text.Bytes) + ">");
                break;
            case PdfValue.Array array:
                Text("[");
                foreach (var item in array.Items)
                {
                    Write(item);
                    Text(" ");
                }

                Text("]");
                break;
            case PdfValue.Dictionary dictionary:
                Text("<<");
                foreach (var (key, entry) in dictionary.Entries)
                {
                    WriteName(key);
                    Text(" ");
                    Write(entry);
                }

                Text(">>");
                break;
            case PdfValue.Reference reference:
                Text($"{reference.Number} {reference.Generation} R");
                break;
            default:
                Text("null");
                break;
        }
    }

    private void WriteName(string name)
    {
        var text = new StringBuilder("/");
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+' or '*' or ':') text.Append(c);
            else text.Append(CultureInfo.InvariantCulture, $"#{(int)c:X2}");
        }

        Text(text.ToString());
    }

    private void Text(FormattableString text) => Text(text.ToString(CultureInfo.InvariantCulture));

    private void Text(string text) => _output.Write(Encoding.Latin1.GetBytes(text));
}
