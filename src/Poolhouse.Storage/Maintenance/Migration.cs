using System.Globalization;

namespace Poolhouse.Storage.Maintenance;

/// <summary>A numbered step of the schema, embedded as <c>Migrations/&lt;database&gt;/NNNN-name.sql</c>.</summary>
/// <param name="Version">From 1; each is applied once.</param>
/// <param name="Name">The file's name without its end.</param>
/// <param name="Text">Its SQL. Its first line may be <c>-- serves: NNNN</c>.</param>
internal sealed record Migration(int Version, string Name, string Text)
{
    // Any constant does, as long as nothing else in the database locks it; this is "pool" in ASCII.
    private const string Lock = "select pg_advisory_xact_lock(1886351212)";
    private const string TryLock = "select pg_try_advisory_xact_lock(1886351212)";
    private const string ServesLine = "-- serves:";

    // Brings the column of what a step serves; before it there was none to write to.
    private const int Served = 22;

    /// <summary>
    /// The oldest program that still serves on the schema after this step, by the highest step that it knows; 0 where the step only adds, so that
    /// every program does. docs/decisions/0020-rolling-changes.md.
    /// </summary>
    public int Serves { get; } = Text.StartsWith(ServesLine, StringComparison.Ordinal)
        ? int.Parse(Text.AsSpan(ServesLine.Length, Text.IndexOf('\n', StringComparison.Ordinal) - ServesLine.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;

    /// <summary>Applies what is missing; all of it in the transaction of the session.</summary>
    /// <param name="session">A transaction.</param>
    /// <param name="known">The steps that this program knows, in order.</param>
    /// <param name="onWait">Called before it waits for another node that is doing the same.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="InvalidOperationException">The database is of a later version, on which this program doesn't serve.</exception>
    public static async ValueTask ApplyAllAsync(
        DatabaseSession session, IReadOnlyList<Migration> known, Action? onWait, DateTimeOffset now, CancellationToken ct)
    {
        // SQLite holds the write lock of the file already.
        if (session.Dialect == Dialect.Postgres) await LockAsync(session, onWait, ct);
        await session.RunScriptAsync(
            "create table if not exists schema_migrations (version bigint not null primary key, name text not null, applied_at bigint not null)",
            ct);
        var applied = await session.Statement("select version from schema_migrations order by version").ListAsync(static row => row.GetInt64(0), ct);
        if (applied.Contains(Served)) await DemandServedAsync(session, known, ct);

        // By number, not by the highest one: steps that were written side by side arrive in either order.
        var missing = known.Where(migration => !applied.Contains(migration.Version)).ToList();
        foreach (var migration in missing)
        {
            await session.RunScriptAsync(migration.Text, ct);
            await session
                .Statement("insert into schema_migrations (version, name, applied_at) values (@version, @name, @applied_at)")
                .Bigint("version", migration.Version)
                .Text("name", migration.Name)
                .Time("applied_at", now)
                .ExecuteAsync(ct);
        }

        foreach (var migration in missing.Where(migration => migration.Serves > 0))
        {
            await session
                .Statement("update schema_migrations set serves = @serves where version = @version")
                .Bigint("serves", migration.Serves)
                .Bigint("version", migration.Version)
                .ExecuteAsync(ct);
        }
    }

    /// <summary>All steps of a database in order.</summary>
    internal static IReadOnlyList<Migration> All(Dialect dialect)
    {
        var folder = $"Migrations/{dialect.Name}/";
        return
        [
            .. from resource in typeof(Migration).Assembly.GetManifestResourceNames()
               where resource.StartsWith(folder, StringComparison.Ordinal)
               let name = Path.GetFileNameWithoutExtension(resource)
               let version = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture)
               orderby version
               select new Migration(version, name, Read(resource)),
        ];
    }

    private static async ValueTask LockAsync(DatabaseSession session, Action? onWait, CancellationToken ct)
    {
        if (await session.Statement(TryLock).FindAsync(static row => row.GetBoolean(0), ct)) return;
        onWait?.Invoke();
        await session.RunScriptAsync(Lock, ct);
    }

    // Steps that this program doesn't know were applied by a newer one beside it, or before it was put back.
    private static async ValueTask DemandServedAsync(DatabaseSession session, IReadOnlyList<Migration> known, CancellationToken ct)
    {
        var present = await session
            .Statement("select version, serves from schema_migrations order by version")
            .ListAsync(static row => (Version: row.GetInt64(0), Serves: row.GetInt64(1)), ct);
        var version = known[^1].Version;
        var refusing = present.FirstOrDefault(step => step.Serves > version && known.All(migration => migration.Version != step.Version));
        if (refusing == default) return;
        throw new InvalidOperationException(
            $"The database has schema version {present[^1].Version}, but this program knows {version} at most, and step {refusing.Version} serves no program below {refusing.Serves}. Start the newer program.");
    }

    private static string Read(string resource)
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
