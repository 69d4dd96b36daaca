using System.Text.Json;

namespace Poolhouse.Storage.Maintenance;

/// <summary>One checked row of a snapshot.</summary>
/// <param name="Table">Of which table.</param>
/// <param name="Columns">Those that the snapshot has, in the table's order.</param>
/// <param name="Values">Their values.</param>
internal sealed record SnapshotRow(SnapshotTable Table, IReadOnlyList<SnapshotColumn> Columns, IReadOnlyList<object?> Values)
{
    /// <summary>
    /// Null if the element isn't a row of the table: a column unknown, or of another kind. One that is missing came after the snapshot was made; it gets its
    /// default, and where the database has none it refuses.
    /// </summary>
    public static SnapshotRow? Read(SnapshotTable table, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        if (element.EnumerateObject().Any(member => table.Columns.All(column => column.Name != member.Name))) return null;

        var columns = table.Columns.Where(column => element.TryGetProperty(column.Name, out _)).ToList();
        if (columns.Count == 0) return null;
        var values = new object?[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var column = columns[i];
            var value = element.GetProperty(column.Name);
            var isNull = value.ValueKind == JsonValueKind.Null;
            values[i] = isNull ? null : ReadValue(column.Kind, value);
            if (values[i] is null && !(isNull && column.IsNullable)) return null;
        }

        return new SnapshotRow(table, columns, values);
    }

    /// <summary>The insert of its columns.</summary>
    public string InsertSql => Table.InsertSql(Columns);

    /// <summary>Adds the values to the insert.</summary>
    public Statement AddTo(Statement statement)
    {
        for (var i = 0; i < Values.Count; i++)
        {
            var column = Columns[i];
            statement = column.Kind switch
            {
                ColumnKind.Text => statement.Text(column.Name, (string?)Values[i]),
                ColumnKind.Bigint => statement.Bigint(column.Name, (long?)Values[i]),
                ColumnKind.Flag => statement.Flag(column.Name, (bool?)Values[i]),
                _ => statement.Bytes(column.Name, (byte[]?)Values[i]),
            };
        }

        return statement;
    }

    private static object? ReadValue(ColumnKind kind, JsonElement value) => (kind, value.ValueKind) switch
    {
        (ColumnKind.Text, JsonValueKind.String) => value.GetString(),
        (ColumnKind.Bigint, JsonValueKind.Number) => value.TryGetInt64(out var number) ? number : null,
        (ColumnKind.Flag, JsonValueKind.True) => true,
        (ColumnKind.Flag, JsonValueKind.False) => false,
        (ColumnKind.Bytes, JsonValueKind.Object) =>
            value.TryGetProperty("base64", out var text) && text.ValueKind == JsonValueKind.String && text.TryGetBytesFromBase64(out var bytes)
                ? bytes
                : null,
        _ => null,
    };
}
