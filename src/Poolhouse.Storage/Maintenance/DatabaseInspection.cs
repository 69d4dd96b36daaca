using System.Data.Common;
using System.Globalization;

namespace Poolhouse.Storage.Maintenance;

/// <summary>What a look at a database found; nothing was changed by it.</summary>
public sealed record DatabaseInspection
{
    /// <summary>The engine with its version, e.g. <c>PostgreSQL 17.2</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The highest step of the schema that was applied; 0 for an empty database.</summary>
    public required long Version { get; init; }

    /// <summary>The highest step that this program knows.</summary>
    public required long KnownVersion { get; init; }

    /// <summary>Steps that the next start would apply.</summary>
    public required IReadOnlyList<string> Waiting { get; init; }

    /// <summary>Why this program can't serve on the schema; null where it can.</summary>
    public string? NotServed { get; init; }

    /// <summary>Why nothing can be written; null where a table could be made and filled, which was taken back.</summary>
    public string? NotWritable { get; init; }

    /// <summary>The server's clock; null for a file, which has none.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Connections that the server takes at most; null for a file.</summary>
    public int? MostConnections { get; init; }

    /// <summary>The ids of master keys under which something is sealed, by the table: a sample of each.</summary>
    public required IReadOnlyList<(string Table, byte[] KeyId)> SealingKeys { get; init; }
}

/// <summary>Looks at a database.</summary>
internal static class DatabaseInspector
{
    // What looks at each table; more would read whole tables of users.
    private const int Sample = 1_000;

    // Every column that has what a Sealer made: after one byte of version the four of the key's id.
    private static readonly (string Table, string Column)[] Sealed =
    [
        ("clients", "sealed_secret"), ("devices", "sealed_verifier"), ("documents", "sealed_secret"), ("import_chunks", "sealed_bytes"), ("kyc_documents", "sealed_key"),
        ("outbox", "sealed_message"), ("realtime_sign_ins", "sealed_tokens"), ("service_keys", "sealed_private_key"), ("signing_keys", "sealed_private_key"),
        ("software_tokens", "sealed_secret"), ("users", "srp_verifier"),
    ];

    /// <summary>Reads.</summary>
    public static async ValueTask<DatabaseInspection> InspectAsync(DatabaseSession session, IReadOnlyList<Migration> known, CancellationToken ct)
    {
        var isPostgres = session.Dialect == Dialect.Postgres;
        var applied = await HasTableAsync(session, "schema_migrations", ct)
            ? await session.Statement("select version from schema_migrations order by version").ListAsync(static row => row.GetInt64(0), ct)
            : [];
        return new DatabaseInspection
        {
            Engine = isPostgres
                ? "PostgreSQL " + await TextAsync(session, "select current_setting('server_version')", ct)
                : "SQLite " + await TextAsync(session, "select sqlite_version()", ct),
            Version = applied.LastOrDefault(),
            KnownVersion = known[^1].Version,
            Waiting = [.. known.Where(step => !applied.Contains(step.Version)).Select(step => step.Name)],
            NotServed = applied.Count == 0 ? null : await WhyNotServedAsync(session, applied, known, ct),
            ServerTime = isPostgres ? await TimeAsync(session, ct) : null,
            MostConnections = isPostgres ? int.Parse((await TextAsync(session, "select current_setting('max_connections')", ct))!, CultureInfo.InvariantCulture) : null,
            SealingKeys = applied.Count == 0 ? [] : await SealingKeysAsync(session, ct),
        };
    }

    /// <summary>Makes a table and a row in it. The caller takes it back.</summary>
    public static async ValueTask WriteAsync(DatabaseSession session, CancellationToken ct)
    {
        await session.RunScriptAsync("create table poolhouse_probe (id bigint not null primary key)", ct);
        await session.RunScriptAsync("insert into poolhouse_probe (id) values (1)", ct);
    }

    private static async ValueTask<string?> WhyNotServedAsync(DatabaseSession session, List<long> applied, IReadOnlyList<Migration> known, CancellationToken ct)
    {
        try
        {
            if (applied.Contains(Migration.Served)) await Migration.DemandServedAsync(session, known, ct);
            return null;
        }
        catch (InvalidOperationException later)
        {
            return later.Message;
        }
    }

    private static async ValueTask<List<(string Table, byte[] KeyId)>> SealingKeysAsync(DatabaseSession session, CancellationToken ct)
    {
        var found = new List<(string, byte[])>();
        foreach (var (table, column) in Sealed)
        {
            if (!await HasTableAsync(session, table, ct)) continue;
            // Both names are constants, above.
            var ids = await session
                .Statement($"select distinct key_id from (select substr({column}, 2, 4) as key_id from {table} where {column} is not null limit @limit) as sample limit 100")
                .Bigint("limit", Sample)
                .ListAsync(static row => row.Bytes(0), ct);
            found.AddRange(ids.Select(id => (table, id)));
        }

        return found;
    }

    private static async ValueTask<bool> HasTableAsync(DatabaseSession session, string table, CancellationToken ct) => await session
        .Statement(session.Dialect == Dialect.Postgres
            ? "select 1 where to_regclass(@name) is not null"
            : "select 1 from sqlite_master where type = 'table' and name = @name")
        .Text("name", table)
        .AnyAsync(ct);

    private static async ValueTask<DateTimeOffset> TimeAsync(DatabaseSession session, CancellationToken ct) => await session
        .Statement("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")
        .FindAsync(static row => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), ct);

    private static ValueTask<string?> TextAsync(DatabaseSession session, string sql, CancellationToken ct) =>
        session.Statement(sql).FindAsync(static (DbDataReader row) => row.GetString(0), ct);
}
