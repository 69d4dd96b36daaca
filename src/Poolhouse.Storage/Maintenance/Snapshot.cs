using System.Data.Common;
using System.Text.Json;

namespace Poolhouse.Storage.Maintenance;

/// <summary>
/// Everything as one JSON document that either database restores:
/// <c>{"format":"poolhouse-snapshot","version":1,"tables":{"users":[{"sub":"…"}]}}</c>. Bytes are <c>{"base64":"…"}</c>.
/// Sealed columns stay sealed: a snapshot opens only where its master key is.
/// </summary>
internal static class Snapshot
{
    private const string Format = "poolhouse-snapshot";
    private const int Version = 1;
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes every row; the session sees one moment.</summary>
    public static async ValueTask WriteAsync(DatabaseSession session, Stream destination, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(destination);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteStartObject("tables");
        foreach (var table in SnapshotTable.All)
        {
            json.WriteStartArray(table.Name);
            await foreach (var _ in session.Statement(table.SelectSql).StreamAsync(row => WriteRow(json, table, row), ct))
            {
                if (json.BytesPending > FlushAt) await json.FlushAsync(ct);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    /// <summary>Reads and checks a snapshot as a whole, in memory: it is a tool of development. Null if it isn't one.</summary>
    public static async ValueTask<IReadOnlyList<SnapshotRow>?> ReadAsync(Stream source, CancellationToken ct)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(source, cancellationToken: ct);
            return ReadDocument(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Empties every table.</summary>
    public static async ValueTask EmptyAsync(DatabaseSession session, CancellationToken ct)
    {
        foreach (var table in SnapshotTable.All.Reverse()) await session.Statement(table.DeleteSql).ExecuteAsync(ct);
    }

    /// <summary>Replaces everything by the rows.</summary>
    public static async ValueTask ReplaceAsync(DatabaseSession session, IReadOnlyList<SnapshotRow> rows, CancellationToken ct)
    {
        await EmptyAsync(session, ct);
        foreach (var row in rows) await row.AddTo(session.Statement(row.InsertSql)).ExecuteAsync(ct);
    }

    private static bool WriteRow(Utf8JsonWriter json, SnapshotTable table, DbDataReader row)
    {
        json.WriteStartObject();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            json.WritePropertyName(column.Name);
            if (row.IsDBNull(i)) json.WriteNullValue();
            else WriteValue(json, column.Kind, row, i);
        }

        json.WriteEndObject();
        return true;
    }

    private static void WriteValue(Utf8JsonWriter json, ColumnKind kind, DbDataReader row, int ordinal)
    {
        switch (kind)
        {
            case ColumnKind.Text:
                json.WriteStringValue(row.GetString(ordinal));
                break;
            case ColumnKind.Bigint:
                json.WriteNumberValue(row.GetInt64(ordinal));
                break;
            case ColumnKind.Flag:
                json.WriteBooleanValue(row.GetBoolean(ordinal));
                break;
            default:
                json.WriteStartObject();
                json.WriteBase64String("base64", row.Bytes(ordinal));
                json.WriteEndObject();
                break;
        }
    }

    private static List<SnapshotRow>? ReadDocument(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || !format.ValueEquals(Format)
            || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number) || number != Version
            || !root.TryGetProperty("tables", out var tables) || tables.ValueKind != JsonValueKind.Object)
            return null;

        // A table that this version doesn't know would be lost without a word.
        if (tables.EnumerateObject().Any(table => SnapshotTable.All.All(known => known.Name != table.Name))) return null;

        var rows = new List<SnapshotRow>();
        foreach (var table in SnapshotTable.All)
        {
            if (!tables.TryGetProperty(table.Name, out var elements)) continue;
            if (elements.ValueKind != JsonValueKind.Array) return null;
            foreach (var element in elements.EnumerateArray())
            {
                if (SnapshotRow.Read(table, element) is not { } row) return null;
                rows.Add(row);
            }
        }

        return rows;
    }
}
