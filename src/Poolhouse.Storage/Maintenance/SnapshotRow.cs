using System.Text.Json;

namespace Poolhouse.Storage.Maintenance;

/// <summary>One checked row of a snapshot; values in the order of the table's columns.</summary>
internal sealed record SnapshotRow(SnapshotTable Table, IReadOnlyList<object?> Values)
{
    /// <summary>Null if the element isn't a row of the table: a column unknown, missing, or of another kind.</summary>
    public static SnapshotRow? Read(SnapshotTable table, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return null;
        if (element.EnumerateObject().Any(member => table.Columns.All(column => column.Name != member.Name))) return null;

        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var column = table.Columns[i];
            var isNull = !element.TryGetProperty(column.Name, out var value) || value.ValueKind == JsonValueKind.Null;
            values[i] = isNull ? null : ReadValue(column.Kind, value);
            if (values[i] is null && !(isNull && column.IsNullable)) return null;
        }

        return new SnapshotRow(table, values);
    }

    /// <summary>Adds the values to the insert of the table.</summary>
    public Statement AddTo(Statement statement)
    {
        for (var i = 0; i < Values.Count; i++)
        {
            var column = Table.Columns[i];
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
