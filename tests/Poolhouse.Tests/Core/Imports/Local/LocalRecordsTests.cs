using System.Text;
using Poolhouse.Core.Imports.Local;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Tests.Core.Imports.Local;

public sealed class LocalRecordsTests
{
    private const string Lines = "\uFEFF{\"username\":\"ann\",\"groups\":[\"a\",\"b\"]}\r\n\n{\"username\":\"b\\u00e4r\"}\n[\n{\"username\":\"last\"}";

    private static readonly UserPool Pool = new()
    {
        Id = new PoolId("us-east-1_AAAAAAAAA"), Name = "pool", CreatedAt = DateTimeOffset.UnixEpoch, ModifiedAt = DateTimeOffset.UnixEpoch, Settings = new PoolSettings(),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_are_the_same_in_whatever_pieces_they_come(int piece)
    {
        var found = await ReadAllAsync(new JsonLineRecords(Pool, Pieces(Lines, piece)));

        found.Select(r => (r.Line, r.Values.GetValueOrDefault("username"), r.Problem?.Code)).ShouldBe([(1, "ann", null), (3, "bär", null), (4, null, "NOT_JSON"), (5, "last", null)]);
        found[0].Groups.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Reading_goes_on_at_every_row_s_place()
    {
        var whole = await ReadAllAsync(new JsonLineRecords(Pool, Pieces(Lines, 5)));
        var records = new JsonLineRecords(Pool, Pieces(Lines, 5));
        for (var i = 0; await records.ReadAsync(Ct) is not null; i++)
        {
            var rest = await ReadAllAsync(new JsonLineRecords(Pool, Pieces(Lines, 5), records.Position, records.Line));
            rest.Select(r => r.Line).ShouldBe(whole.Skip(i + 1).Select(r => r.Line));
        }
    }

    [Fact]
    public async Task A_line_of_just_the_longest_length_is_read_and_one_more_is_not()
    {
        string Line(int length) => "{\"username\":\"" + new string('x', length - 15) + "\"}";

        var found = await ReadAllAsync(new JsonLineRecords(Pool, Pieces(Line(JsonLineRecords.MaxBytes) + "\n" + Line(JsonLineRecords.MaxBytes + 1) + "\n" + Line(20), 4096)));

        found.Select(r => (r.Line, r.Problem?.Code)).ShouldBe([(1, null), (2, "ROW_TOO_LONG"), (3, null)]);
    }

    private static async Task<List<LocalRecord>> ReadAllAsync(JsonLineRecords records)
    {
        var all = new List<LocalRecord>();
        while (await records.ReadAsync(Ct) is { } record) all.Add(record);
        return all;
    }

    private static Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Pieces(string text, int length)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return (position, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(bytes.AsMemory((int)position, Math.Min(length, bytes.Length - (int)position)));
    }
}
