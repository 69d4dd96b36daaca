using System.Text;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Commands;

/// <summary>Files that nobody should have made: what can be read is imported, and the rest is told.</summary>
public sealed class ImportHostileFileTests
{
    [Theory]
    [InlineData("csv", "")]
    [InlineData("csv", "\n\n")]
    [InlineData("csv", "ann,ann@example.com\nbob,bob@example.com\n")]
    [InlineData("csv", "username,shoe\nann,44\n")]
    [InlineData("csv", "username,email,email\nann,a@example.com,b@example.com\n")]
    [InlineData("csv", "email\nann@example.com\n")]
    [InlineData("csv", "username,phone,phone_number\nann,,\n")]
    [InlineData("csv", "\"username\nann\n")]
    [InlineData("csv", "username\0\nann\n")]
    public async Task A_file_without_a_header_is_not_begun(string extension, string text)
    {
        var pool = await (await World.OnAsync()).PoolAsync();

        var imported = await pool.ImportAsync(text, extension);

        (imported.Code, imported.Out, imported.Report).ShouldBe((2, "", null));
        imported.Error.ShouldContain("header", customMessage: text);
        imported.Error.ShouldNotContain("ann");
        (await pool.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task What_is_wrong_in_one_row_leaves_the_others(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        byte[] csv =
        [
            .. "\uFEFFusername,name\r\n"u8, .. "ann,Ann\r\n"u8,
            .. "bob,B"u8, 0xC3, 0x28, .. "b\n"u8,
            .. "carl,C\0l\n"u8, .. "c\0,Carl\n"u8, .. "c\u001b[2J,Carl\n"u8,
            .. "dora,"u8, .. Enumerable.Repeat((byte)'x', 10_000_000), .. "\n"u8,
            .. "=cmd|'/c calc'!A1,Eve\n"u8, .. "=cmd|'/c calc'!A1,Eve\n"u8,
            .. "fay,\"F\ny\"\n"u8, .. "gus,\"G, the \"\"great\"\"\"\n"u8,
            .. "hal,\"never closed\nivy,Ivy\n"u8,
        ];

        var imported = await pool.ImportAsync(csv, "csv");
        var resumed = await pool.ImportAsync(csv, "csv", "--resume");

        imported.Failures.ShouldBe(
        [
            (3, "NOT_UTF8"), (4, "CONTROL_CHARACTER"), (5, "CONTROL_CHARACTER"), (6, "CONTROL_CHARACTER"), (7, "ROW_TOO_LONG"), (8, "USERNAME_INVALID"), (9, "USERNAME_INVALID"),
            (10, "CONTROL_CHARACTER"), (13, "UNCLOSED_QUOTE"),
        ]);
        (imported.Code, imported.Counts, resumed.Report).ShouldBe((1, (2, 9), imported.Report));
        imported.Report!.ShouldNotContain("\\u001b", Case.Insensitive);
        (await pool.DescribeAsync("gus")).Attribute("name").ShouldBe("G, the \"great\"");
        (await pool.CountAsync()).ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task What_is_wrong_in_one_line_leaves_the_others(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        byte[] lines =
        [
            .. "\uFEFF{\"username\":\"ann\"}\r\n"u8, .. "\n  \n"u8,
            .. "{\"username\":\"b"u8, 0xFF, .. "\"}\n"u8,
            .. "{\"username\":\"c\\u0000\"}\n"u8, .. "{\"username\":\"\\ud800\"}\n"u8,
            .. "{\"username\":\""u8, .. Enumerable.Repeat((byte)'x', 10_000_000), .. "\"}\n"u8,
            .. "{\"username\":\"d\"\n"u8, .. "[1]\n"u8, .. "null\n"u8, .. "\"x\"\n"u8, .. Enumerable.Repeat((byte)'[', 5_000), .. "\n"u8,
            .. "{\"username\":[\"e\"]}\n"u8, .. "{}\n"u8,
            .. "{\"username\":\"fay\",\"name\":\"F\u00e4y\"}"u8,
        ];

        var imported = await pool.ImportAsync(lines, "ndjson");

        imported.Failures.ShouldBe(
        [
            (4, "NOT_UTF8"), (5, "CONTROL_CHARACTER"), (6, "NOT_JSON"), (7, "ROW_TOO_LONG"), (8, "NOT_JSON"), (9, "NOT_JSON"), (10, "NOT_JSON"), (11, "NOT_JSON"), (12, "NOT_JSON"),
            (13, "NOT_JSON"), (14, "USERNAME_MISSING"),
        ]);
        imported.Counts.ShouldBe((2, 11));
        (await pool.DescribeAsync("fay")).Attribute("name").ShouldBe("Fäy");
    }

    [Fact]
    public async Task A_spreadsheet_takes_nothing_in_a_report_for_a_formula()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var report = Path.GetTempFileName() + ".csv";

        var imported = await pool.ImportFirstAsync("username,status\n=1+1,x\n+1,x\n@a,x\n-a,x\n\"a,\"\"b\",x\n", "--report", report);
        var text = await File.ReadAllTextAsync(report);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(report).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Delete(report);

        imported.Code.ShouldBe(1);
        text.Split('\n').Select(line => line.Split(",STATUS_UNKNOWN")[0]).ShouldBe(["row,key,code,why", "2,'=1+1", "3,'+1", "4,'@a", "5,'-a", "6,\"a,\"\"b\"", ""]);
    }

    [Fact]
    public async Task Whatever_the_bytes_are_the_command_ends_and_says_something()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var random = new Random(17);
        var header = Encoding.UTF8.GetBytes("username,name,groups\n");

        for (var i = 0; i < 6; i++)
        {
            var noise = new byte[4_000];
            random.NextBytes(noise);
            var imported = await pool.ImportAsync(i % 2 == 0 ? [.. header, .. noise] : noise, i % 2 == 0 ? "csv" : "jsonl", "--dry-run");
            imported.Code.ShouldBe(1, imported.Error);
            imported.Counts.Failed.ShouldBeGreaterThan(0);
        }
    }
}
