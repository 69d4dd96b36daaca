using System.Buffers;
using System.Text.Json;
using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Imports.Local;

/// <summary>A file of JSON lines: an object in each, members named as the columns of a CSV file are. https://jsonlines.org</summary>
/// <param name="pool">Whose attributes the members are.</param>
/// <param name="read">As <see cref="CsvReader"/> has it.</param>
/// <param name="position">Where to begin; bytes.</param>
/// <param name="line">The line number there.</param>
public sealed class JsonLineRecords(
    UserPool pool, Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> read, long position = 0, long line = 1) : ILocalRecords
{
    /// <summary>Bytes of a line.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    private readonly ArrayBufferWriter<byte> _line = new();
    private ReadOnlyMemory<byte> _buffer;

    /// <inheritdoc/>
    public long Position { get; private set; } = position;

    /// <inheritdoc/>
    public long Line { get; private set; } = line;

    /// <inheritdoc/>
    public async ValueTask<LocalRecord?> ReadAsync(CancellationToken ct)
    {
        while (true)
        {
            var (start, isFirst) = (Line, Position == 0);
            if (await ReadLineAsync(ct) is not { } isTooLong) return null;
            if (isTooLong) return LocalRecord.Unreadable(start, RowProblems.RowTooLong(MaxBytes));
            var bytes = _line.WrittenMemory;
            if (isFirst && bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            if (!bytes.Span.Trim(" \t\r"u8).IsEmpty) return Parse(start, bytes);
        }
    }

    /// <summary>Takes the next line without its end; whether it is too long, or null at the end of the file.</summary>
    private async ValueTask<bool?> ReadLineAsync(CancellationToken ct)
    {
        _line.ResetWrittenCount();
        var count = 0L;
        while (true)
        {
            if (_buffer.IsEmpty) _buffer = await read(Position, ct);
            if (_buffer.IsEmpty) return count == 0 ? null : count > MaxBytes;
            var end = _buffer.Span.IndexOf((byte)'\n');
            var piece = end < 0 ? _buffer : _buffer[..end];
            count += piece.Length;
            // What is too long is read to its end, so that nothing within it can pass for a row, and kept nowhere.
            if (count <= MaxBytes) _line.Write(piece.Span);
            var used = end < 0 ? piece.Length : end + 1;
            _buffer = _buffer[used..];
            Position += used;
            if (end < 0) continue;
            Line++;
            return count > MaxBytes;
        }
    }

    private LocalRecord Parse(long start, ReadOnlyMemory<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes.Span)) return LocalRecord.Unreadable(start, RowProblems.NotUtf8);
        try
        {
            using var json = JsonDocument.Parse(bytes, Strict);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(start, json.RootElement) : LocalRecord.Unreadable(start, RowProblems.NotJson);
        }
        // InvalidOperationException: half a surrogate pair.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return LocalRecord.Unreadable(start, RowProblems.NotJson);
        }
    }

    private LocalRecord Read(long start, JsonElement row)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var groups = new List<string>();
        RowProblem? problem = null;
        foreach (var member in row.EnumerateObject())
        {
            if (LocalColumns.Of(pool, member.Name) is not { } column)
            {
                problem ??= RowProblems.ColumnUnknown;
                continue;
            }

            if (column == LocalColumns.Groups && member.Value.ValueKind == JsonValueKind.Array)
            {
                // GetString of anything else throws, which is no JSON line of ours.
                groups.AddRange(member.Value.EnumerateArray().Select(name => name.GetString() ?? ""));
                continue;
            }

            string? value;
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    continue;
                case JsonValueKind.String:
                    value = member.Value.GetString()!;
                    break;
                case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number when column != LocalColumns.Groups:
                    value = member.Value.GetRawText();
                    break;
                default:
                    return LocalRecord.Unreadable(start, RowProblems.NotJson);
            }

            if (column == LocalColumns.Groups) groups.AddRange(value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            else if (value.Length > 0 && !values.TryAdd(column, value)) return LocalRecord.Unreadable(start, RowProblems.NotJson);
        }

        return new LocalRecord(start, values, groups, problem);
    }
}
