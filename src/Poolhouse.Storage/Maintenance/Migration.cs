using System.Globalization;

namespace Poolhouse.Storage.Maintenance;

/// <summary>A numbered step of the schema, embedded as <c>Migrations/&lt;database&gt;/NNNN-name.sql</c>.</summary>
/// <param name="Version">From 1; each is applied once.</param>
/// <param name="Name">The file's name without its end.</param>
/// <param name="Resource">The embedded file.</param>
internal sealed record Migration(int Version, string Name, string Resource)
{
    // Any constant does, as long as nothing else in the database locks it; this is "pool" in ASCII.
    private const string Lock = "select pg_advisory_xact_lock(1886351212)";

    /// <summary>Applies what is missing; all of it in the transaction of the session.</summary>
    /// <exception cref="InvalidOperationException">The database is of a later version than this program.</exception>
    public static async ValueTask ApplyAllAsync(DatabaseSession session, DateTimeOffset now, CancellationToken ct)
    {
        // SQLite holds the write lock of the file already.
        if (session.Dialect == Dialect.Postgres) await session.RunScriptAsync(Lock, ct);
        await session.RunScriptAsync(
            "create table if not exists schema_migrations (version bigint not null primary key, name text not null, applied_at bigint not null)",
            ct);
        var applied = await session.Statement("select version from schema_migrations order by version").ListAsync(static row => row.GetInt64(0), ct);

        var known = All(session.Dialect);
        if (applied is [.., var current] && current > known[^1].Version)
        {
            throw new InvalidOperationException(
                $"The database has schema version {current}, but this program knows {known[^1].Version} at most. Start the newer program.");
        }

        // By number, not by the highest one: steps that were written side by side arrive in either order.
        foreach (var migration in known.Where(migration => !applied.Contains(migration.Version)))
        {
            await session.RunScriptAsync(migration.Text(), ct);
            await session
                .Statement("insert into schema_migrations (version, name, applied_at) values (@version, @name, @applied_at)")
                .Bigint("version", migration.Version)
                .Text("name", migration.Name)
                .Time("applied_at", now)
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
               select new Migration(version, name, resource),
        ];
    }

    private string Text()
    {
        using var stream = typeof(Migration).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
