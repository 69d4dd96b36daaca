using Npgsql;

namespace Poolhouse.Large.Loading;

/// <summary>Into PostgreSQL: COPY, and rows in the order in which users came, as they would lie there.</summary>
internal sealed class PostgresLoad(NpgsqlConnection connection) : BulkLoad(connection)
{
    private readonly List<string> indexes = [];

    protected override async Task BeginAsync(CancellationToken ct)
    {
        // Foreign keys are triggers there, and a superuser's session of a replica runs none.
        await ExecuteAsync("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off;", ct);
        var tables = string.Join(',', Tables.Select(t => $"'{t}'::regclass"));
        var keys = await RowsAsync(
            $"""
            select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition from pg_constraint
            where contype = 'p' and conrelid in ({tables}) and conrelid <> 'users'::regclass
            """,
            ct);
        foreach (var key in keys)
        {
            indexes.Add($"alter table {key["table"]} add constraint {key["name"]} {key["definition"]}");
            await ExecuteAsync($"alter table {key["table"]} drop constraint {key["name"]}", ct);
        }

        var others = await RowsAsync(
            $"select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index where indrelid in ({tables}) and not indisprimary",
            ct);
        foreach (var index in others)
        {
            indexes.Add((string)index["definition"]!);
            await ExecuteAsync($"drop index {index["name"]}", ct);
        }
    }

    protected override async Task EndAsync(CancellationToken ct)
    {
        foreach (var index in indexes) await ExecuteAsync(index, ct);
        indexes.Clear();
        // What autovacuum does by itself within minutes.
        await ExecuteAsync("vacuum analyze", ct);
        await ExecuteAsync("checkpoint", ct);
        // And what a server that has run for a day has read.
        await ExecuteAsync(
            "create extension if not exists pg_prewarm; select sum(pg_prewarm(oid)) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')",
            ct);
    }

    protected override async Task WriteAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", ct);
        // Never without awaiting: this runs on the thread that completes what the sockets do (see Program).
        foreach (var row in rows) await copy.WriteRowAsync(ct, row);
        await copy.CompleteAsync(ct);
    }

    protected override string Attribute(string name) => $"u.attributes::json ->> '{name}'";

    protected override string Order(string columns) => "";
}
