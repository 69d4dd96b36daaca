using Poolhouse.Core.Pools;

namespace Poolhouse.Core.Imports.Local;

/// <summary>A CSV file with a header (RFC 4180).</summary>
public sealed class CsvRecords : ILocalRecords
{
    private readonly IReadOnlyList<string> _columns;
    private readonly CsvReader _reader;

    private CsvRecords(IReadOnlyList<string> columns, CsvReader reader) => (_columns, _reader) = (columns, reader);

    /// <inheritdoc/>
    public long Position => _reader.Position;

    /// <inheritdoc/>
    public long Line => _reader.Line;

    /// <summary>Reads the header and stands at the first row behind it, or at a later one.</summary>
    /// <param name="pool">Whose attributes the columns are.</param>
    /// <param name="read">As <see cref="CsvReader"/> has it.</param>
    /// <param name="position">Where to go on; 0 for the first row.</param>
    /// <param name="line">The line number there.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The file, or what is wrong with its header, in words for the operator.</returns>
    public static async ValueTask<(CsvRecords? Records, string? Problem)> OpenAsync(
        UserPool pool, Func<long, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> read, long position, long line, CancellationToken ct)
    {
        var reader = new CsvReader(read);
        if (await reader.ReadAsync(ct) is not { } header) return (null, "The file is empty: its first line must be a header that names the columns.");
        if (header.Problem is not null) return (null, "The header can't be read: its first line must name the columns, in UTF-8, with commas between them.");
        var columns = new List<string>();
        foreach (var name in ImportHeader.Names(header))
        {
            // A name that isn't known stays out of the message: a file without a header has somebody's data there.
            if (LocalColumns.Of(pool, name) is not { } column)
                return (null, $"Column {columns.Count + 1} of the header is neither a column of imports nor an attribute of the pool. Does the file have a header?");
            if (columns.Contains(column)) return (null, $"The header has the column {column} twice.");
            columns.Add(column);
        }

        if (!columns.Contains(LocalColumns.Username) && !pool.UsernameAttributes.Any(columns.Contains))
            return (null, "The header has no column username" + (pool.UsesAttributesAsUsername ? ", email or phone_number as the pool has it." : "."));
        return (new CsvRecords(columns, position == 0 ? reader : new CsvReader(read, position, line)), null);
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _columns.Contains(column);

    /// <inheritdoc/>
    public async ValueTask<LocalRecord?> ReadAsync(CancellationToken ct)
    {
        if (await _reader.ReadAsync(ct) is not { } row) return null;
        if (ProblemOf(row) is { } problem) return LocalRecord.Unreadable(row.Line, problem);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < _columns.Count; i++)
            if (row.Fields[i].Length > 0) values[_columns[i]] = row.Fields[i];
        values.Remove(LocalColumns.Groups, out var groups);
        return new LocalRecord(row.Line, values, groups?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [], null);
    }

    private RowProblem? ProblemOf(CsvRow row) => row.Problem switch
    {
        CsvProblem.TooLong => RowProblems.RowTooLong(CsvReader.MaxCharacters),
        CsvProblem.NotUtf8 => RowProblems.NotUtf8,
        CsvProblem.TextAfterQuote => RowProblems.TextAfterQuote,
        CsvProblem.Unclosed => RowProblems.UnclosedQuote,
        _ => row.Fields.Count == _columns.Count ? null : RowProblems.ValueCount,
    };
}
