using System.Text;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

[Collection(Alone.Name)]
public sealed class PdfCleanerTests
{
    [Fact]
    public void A_printed_page_loses_who_made_it_when_and_where_its_photo_was_taken()
    {
        var file = Samples.Pdf;
        file.Has("GPS48").ShouldBeTrue("Chromium passes photos through as they are.");

        var clean = Samples.Cleaned(file);

        foreach (var gone in (string[])["GPS48", "HeadlessChrome", "CreationDate", "Google", "example.com", "doc.html"]) clean.Has(gone).ShouldBeFalse(gone);
        foreach (var kept in (string[])["/DCTDecode", "/Font", "/MediaBox"]) clean.Has(kept).ShouldBeTrue(kept);
        Samples.Cleaned(clean).Length.ShouldBe(clean.Length);
    }

    [Fact]
    public void Packed_objects_and_tables_give_the_same()
    {
        var sample = new PdfSample { Objects = ["<</Producer(" + Samples.Secret + ")>>"], Trailer = "/Info 5 0 R", Pages = 3 };

        var clean = Samples.Cleaned(sample.Build());

        Samples.Cleaned(sample.BuildPacked()).ShouldBe(clean);
        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("BT (Jane Roe) Tj ET").ShouldBeTrue();
    }

    [Theory]
    [InlineData("/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "")]
    [InlineData("/OpenAction<</S/Launch/F(calc.exe)>>", "")]
    [InlineData("/OpenAction 5 0 R", "")]
    [InlineData("/AA<</WC<</S/JavaScript>>>>", "")]
    [InlineData("/Names<</JavaScript 5 0 R>>", "")]
    [InlineData("/Names<</EmbeddedFiles 5 0 R>>", "")]
    [InlineData("/AcroForm<</XFA 5 0 R>>", "")]
    [InlineData("", "/AA<</O 5 0 R>>")]
    [InlineData("", "/Annots[<</Subtype/Link/A 5 0 R>>]")]
    [InlineData("", "/Annots[<</Subtype/Link/A<</S/J#61vaScript/J#53(x)>>>>]")]
    [InlineData("", "/Annots[<</Subtype/Link/A<</S/GoTo/Next<</S/Launch>>>>>>]")]
    [InlineData("", "/Annots[<</Subtype/FileAttachment/FS 5 0 R>>]")]
    [InlineData("", "/Annots[<</Subtype/RichMedia>>]")]
    [InlineData("", "/Annots[<</Subtype/Widget/A<</S/SubmitForm>>>>]")]
    [InlineData("", "/Annots[<</Subtype/Link/A<</S/GoToR/F 5 0 R>>>>]")]
    public void What_would_do_something_is_refused(string catalog, string page)
    {
        var sample = new PdfSample { Catalog = catalog, Page = page, Objects = ["<</S/JavaScript/JS(x)>>"] };

        Samples.Defect(sample.Build()).ShouldBe(FileDefect.ActiveContent);
        Samples.Defect(sample.BuildPacked()).ShouldBe(FileDefect.ActiveContent);
    }

    [Fact]
    public void Files_within_and_content_elsewhere_are_refused()
    {
        Samples.Defect(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream("/Type/EmbeddedFile", "MZ")] }.Build()).ShouldBe(FileDefect.ActiveContent);
        Samples.Defect(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream("/F(/etc/passwd)", "x")] }.Build()).ShouldBe(FileDefect.ActiveContent);
        Samples.Defect(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream("/Filter/JPXDecode", "x")] }.Build()).ShouldBe(FileDefect.Unsupported);
    }

    [Fact]
    public void Passwords_are_refused() =>
        Samples.Defect(new PdfSample { Trailer = "/Encrypt 5 0 R", Objects = ["<</Filter/Standard>>"] }.Build()).ShouldBe(FileDefect.Encrypted);

    [Fact]
    public void Harmless_navigation_and_links_are_left_out()
    {
        var sample = new PdfSample
        {
            Catalog = "/OpenAction[3 0 R/Fit]/Outlines 5 0 R/Metadata 5 0 R",
            Page = "/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.com)>>>>]/PieceInfo<</X(" + Samples.Secret + ")>>",
            Objects = [PdfSample.Stream("/Type/Metadata", Samples.Secret)],
        };

        var clean = Samples.Cleaned(sample.Build());

        foreach (var gone in (string[])[Samples.Secret, "example.com", "OpenAction", "Outlines"]) clean.Has(gone).ShouldBeFalse(gone);
    }

    [Fact]
    public void Earlier_versions_are_not_kept()
    {
        var first = new PdfSample { Page = "/Old(" + Samples.Secret + ")" }.Build();
        var text = Encoding.Latin1.GetString(first);
        var previous = text.LastIndexOf("xref\n0", StringComparison.Ordinal);
        var page = "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 5 5]>>\nendobj\n";
        var update = $"{text}{page}xref\n3 1\n{text.Length:D10} 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev {previous}>>\nstartxref\n{text.Length + page.Length}\n%%EOF\n";

        var clean = Samples.Cleaned(Samples.Bytes(update));

        clean.Has(Samples.Secret).ShouldBeFalse();
        clean.Has("[0 0 5 5 ]").ShouldBeTrue();
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, FileDefect.TooManyPages)]
    public void Pages_are_counted(int pages, FileDefect? defect)
    {
        var file = new PdfSample { Pages = pages }.Build();

        if (defect is { } expected) Samples.Defect(file).ShouldBe(expected);
        else Samples.Cleaned(file).Has("/Type /Page").ShouldBeTrue();
    }

    [Fact]
    public void Bombs_are_refused()
    {
        var bomb = PdfSample.Deflate(new byte[300 * 1024 * 1024]);
        Samples.Defect(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream("/Filter/FlateDecode", bomb)] }.Build()).ShouldBe(FileDefect.TooLargeUnpacked);

        Samples.Defect(new PdfSample { Page = "/X " + new string('[', 100) + new string(']', 100) }.Build()).ShouldBe(FileDefect.Unsupported);
        Samples.Defect(new PdfSample { Page = "/X[" + string.Concat(Enumerable.Repeat("1 ", 1_100_000)) + "]" }.Build()).ShouldBe(FileDefect.Unsupported);
        Samples.Defect(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream("/Subtype/Image/Width 10000/Height 6000", "x")] }.Build()).ShouldBe(FileDefect.TooManyPixels);
    }

    [Fact]
    public void Objects_within_objects_are_read_only_so_often()
    {
        // Each stream has the following objects within and ends where all do, so that all together are some gigabytes.
        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        const int count = 2_000;
        const int each = 1_000;
        for (var i = 0; i < count; i++)
        {
            offsets.Add(file.Length);
            var head = $"{i + 4} 0 obj<</Filter/RunLengthDecode/Length {((count - i) * each) - 10:D8}>>stream\n";
            file.Append(head.PadRight(each, 'x'));
        }

        file.Append(' ', 1_000_000).Append("endstream endobj ");
        foreach (var pages in (string[])["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>", $"<</Type/Page/X[{string.Join(' ', Enumerable.Range(4, count).Select(i => $"{i} 0 R"))}]>>"])
        {
            offsets.Add(file.Length);
            file.Append($"{offsets.Count - count} 0 obj{pages}endobj\n");
        }

        var start = file.Length;
        file.Append($"xref\n1 3\n{string.Concat(offsets.Skip(count).Select(offset => $"{offset:D10} 00000 n \n"))}4 {count}\n");
        foreach (var offset in offsets.Take(count)) file.Append($"{offset:D10} 00000 n \n");
        file.Append($"trailer<</Root 1 0 R>>\nstartxref\n{start}\n%%EOF");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Samples.Defect(Samples.Bytes(file.ToString())).ShouldBe(FileDefect.TooLargeUnpacked);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "Without a budget it would take hours.");
    }

    [Fact]
    public void Strings_of_packed_objects_are_read_only_so_often()
    {
        // One long string that thousands of objects of a stream start at.
        const int count = 5_000;
        var index = string.Join(' ', Enumerable.Range(10, count).Select(i => $"{i} 0")) + " ";
        var packed = PdfSample.Deflate(Samples.Bytes(index + "(" + new string('x', 4_000_000) + ")"));
        var stream = PdfSample.Stream($"/Type/ObjStm/N {count}/First {index.Length}/Filter/FlateDecode", packed);
        var rows = new byte[(10 + count) * 4];
        var file = new StringBuilder("%PDF-1.7\n");
        void Row(int number, byte kind, int value) => (rows[number * 4], rows[(number * 4) + 1], rows[(number * 4) + 2], rows[(number * 4) + 3]) = (kind, (byte)(value >> 16), (byte)(value >> 8), (byte)value);
        void Add(int number, string value)
        {
            Row(number, 1, file.Length);
            file.Append($"{number} 0 obj {value} endobj\n");
        }

        Add(1, "<</Type/Catalog/Pages 2 0 R>>");
        Add(2, "<</Type/Pages/Kids[3 0 R]>>");
        Add(3, "<</Type/Page/X 10 0 R>>");
        Add(4, stream);
        for (var i = 10; i < 10 + count; i++) Row(i, 2, 4);
        var start = file.Length;
        Row(5, 1, start);
        var table = PdfSample.Stream($"/Type/XRef/Size {10 + count}/W[1 3 0]/Root 1 0 R/Filter/FlateDecode", PdfSample.Deflate(rows));
        file.Append($"5 0 obj {table} endobj\nstartxref\n{start}\n%%EOF");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Samples.Defect(Samples.Bytes(file.ToString())).ShouldBe(FileDefect.Unsupported);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "Without a budget it would take hours.");
    }

    [Fact]
    public void Damaged_structure_is_refused()
    {
        var file = new PdfSample().Build();
        var text = Encoding.Latin1.GetString(file);
        string[] damaged =
        [
            "x" + text,
            text.Replace("%PDF-1.6", "%PDF-x.6", StringComparison.Ordinal),
            text.Replace("startxref", "startxxxx", StringComparison.Ordinal),
            text.Replace("%%EOF", "", StringComparison.Ordinal),
            text.Replace("/Length 19", "/Length 18", StringComparison.Ordinal),
            text.Replace("/Length 19", "/Length 4 0 R", StringComparison.Ordinal),
            text.Replace("/Kids[3 0 R]", "/Kids[2 0 R]", StringComparison.Ordinal),
            text.Replace("/Kids[3 0 R]", "/Kids[]     ", StringComparison.Ordinal),
            text.Replace("/Root 1 0 R", "/Root 3 0 R", StringComparison.Ordinal),
            text.Replace("/Type/Page/", "/Type/Type/", StringComparison.Ordinal),
            text.Replace("1 0 obj", "9 0 obj", StringComparison.Ordinal),
            text + new string(' ', 2000),
        ];

        foreach (var one in damaged) FileCleaner.Clean(Samples.Bytes(one)).ShouldBeOfType<CleanOutcome.Refused>(one[^40..]);
    }

    [Fact]
    public void Photos_are_cleaned_behind_other_filters_too()
    {
        var photo = Samples.Jpeg();
        var hexadecimal = Convert.ToHexString(photo) + ">";
        var packed = PdfSample.Deflate(photo);
        const string image = "/Subtype/Image/Width 48/Height 32/Filter[/{0}/DCTDecode]";

        foreach (var (filter, content) in ((string, string)[])[("ASCIIHexDecode", hexadecimal), ("FlateDecode", packed), ("ASCII85Decode", Base85(photo))])
        {
            var clean = Samples.Cleaned(new PdfSample { Page = "/X 5 0 R", Objects = [PdfSample.Stream(image.Replace("{0}", filter, StringComparison.Ordinal), content)] }.Build());
            clean.Has(Samples.Secret).ShouldBeFalse(filter);
            clean.AsSpan().IndexOf(Samples.Cleaned(photo)).ShouldBeGreaterThan(0, filter);
        }
    }

    private static string Base85(byte[] bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i += 4)
        {
            var count = Math.Min(4, bytes.Length - i);
            uint value = 0;
            for (var j = 0; j < 4; j++) value = (value << 8) | (j < count ? bytes[i + j] : 0u);
            if (value == 0 && count == 4)
            {
                text.Append('z');
                continue;
            }

            var digits = new char[5];
            for (var j = 4; j >= 0; j--, value /= 85) digits[j] = (char)('!' + (value % 85));
            text.Append(digits, 0, count + 1);
        }

        return text.Append("~>").ToString();
    }
}
