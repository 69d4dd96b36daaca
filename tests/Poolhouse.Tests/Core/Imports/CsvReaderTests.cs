using System.Text;
using Poolhouse.Core.Imports;

namespace Poolhouse.Tests.Core.Imports;

public sealed class CsvReaderTests
{
    private static readonly string[][] Expected =
    [
        ["a", "b", ""], ["", "x,y", "\\n"], ["quoted, with \"marks\"", "two\nlines", "z"], ["1", "2", "ü"], ["last", "one", "\\"],
    ];

    private const string Text = "a, b ,\r\n,x\\,y,\\n\n\"quoted, with \"\"marks\"\"\",\"two\nlines\" ,z\n\n1,2,ü\r\nlast,one,\\";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Rows_come_whole_whatever_pieces_the_file_is_in(int piece)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(Text), piece);

        rows.Select(r => r.Row.Fields).ShouldBe(Expected);
        rows.Select(r => r.Row.Line).ShouldBe([1, 2, 3, 6, 7]);
    }

    [Fact]
    public async Task Reading_goes_on_from_any_place_between_two_rows()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        var rows = await ReadAsync(bytes, 1000);

        for (var i = 1; i < rows.Count; i++)
        {
            var rest = await ReadAsync(bytes, 1000, rows[i - 1].Position, rows[i - 1].Line);
            rest.Select(r => r.Row.Fields).ShouldBe(Expected[i..]);
            rest[0].Row.Line.ShouldBe(rows[i].Row.Line);
        }
    }

    [Fact]
    public async Task A_row_of_16000_characters_is_read_and_a_longer_one_is_passed_over()
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes($"{new string('ü', 16_000)}\n{new string('a', 16_001)}\n\"{new string('a', 20_000)}\nx,y\n\"\nb"), 1000);

        rows.Select(r => r.Row.Problem).ShouldBe([null, CsvProblem.TooLong, CsvProblem.TooLong, null]);
        rows[3].Row.Fields.ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("\"a\"b,c", CsvProblem.TextAfterQuote)]
    [InlineData("\"a,b\nc,d", CsvProblem.Unclosed)]
    public async Task A_row_that_is_none_says_why(string text, CsvProblem problem)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(text), 1000);

        rows.Single().Row.Problem.ShouldBe(problem);
    }

    [Fact]
    public async Task What_is_not_UTF_8_spoils_its_row_only()
    {
        var rows = await ReadAsync([.. "a\n"u8, 0xFF, .. "\nb"u8], 1000);

        rows.Select(r => r.Row.Problem).ShouldBe([null, CsvProblem.NotUtf8, null]);
    }

    [Fact]
    public async Task Whatever_the_bytes_are_reading_ends()
    {
        var random = new Random(7);
        var letters = "a\",\\\n\r \u00ff"u8.ToArray();
        for (var i = 0; i < 500; i++)
        {
            var bytes = Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)]).ToArray();

            var whole = await ReadAsync(bytes, 1000);
            var pieces = await ReadAsync(bytes, 1 + random.Next(4));

            pieces.Select(r => (r.Row.Line, r.Row.Problem, r.Position, string.Join('|', r.Row.Fields)))
                .ShouldBe(whole.Select(r => (r.Row.Line, r.Row.Problem, r.Position, string.Join('|', r.Row.Fields))));
        }
    }

    private static async Task<List<(CsvRow Row, long Position, long Line)>> ReadAsync(byte[] bytes, int piece, long position = 0, long line = 1)
    {
        var reader = new CsvReader(
            (at, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(bytes.AsMemory((int)at, (int)Math.Min(piece, bytes.Length - at))), position, line);
        var rows = new List<(CsvRow, long, long)>();
        while (await reader.ReadAsync(CancellationToken.None) is { } row) rows.Add((row, reader.Position, reader.Line));
        return rows;
    }
}
