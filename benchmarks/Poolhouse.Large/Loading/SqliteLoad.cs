using Microsoft.Data.Sqlite;

namespace Poolhouse.Large.Loading;

#pragma warning disable CA2100 // Names of tables and columns are the schema's own.
/// <summary>Into a SQLite file: no journal, a large cache, each table in the order of its key.</summary>
internal sealed class SqliteLoad(SqliteConnection connection) : BulkLoad(connection)
{
    private readonly List<string> indexes = [];

    protected override async Task BeginAsync(CancellationToken ct)
    {
        await ExecuteAsync(
            """
            pragma foreign_keys = off;
            pragma journal_mode = off;
            pragma synchronous = off;
            pragma locking_mode = exclusive;
            pragma cache_size = -1000000;
            pragma temp_store = memory;
            """,
            ct);
        var tables = string.Join(',', Tables.Select(t => $"'{t}'"));
        foreach (var index in await RowsAsync($"select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in ({tables})", ct))
        {
            indexes.Add((string)index["sql"]!);
            await ExecuteAsync($"drop index {index["name"]}", ct);
        }
    }

    protected override async Task EndAsync(CancellationToken ct)
    {
        foreach (var index in indexes) await ExecuteAsync(index, ct);
        indexes.Clear();
        // The server never analyzes, so neither does this.
        await ExecuteAsync("pragma locking_mode = normal; pragma journal_mode = wal;", ct);
    }

    protected override async Task WriteAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))})";
        foreach (var column in columns) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + column });
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        await transaction.CommitAsync(ct);
    }

    protected override string Attribute(string name) => $"json_extract(u.attributes, '$.{name}')";

    protected override string Order(string columns) => $" order by {columns}";
}
