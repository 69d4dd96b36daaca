using Poolhouse.Core.Sealing;

namespace Poolhouse.Storage;

/// <summary>Chooses the database by its connection string.</summary>
public static class DatabaseFactory
{
    /// <summary>
    /// Opens nothing yet. <c>Data Source=path</c> is a SQLite file, <c>Host=…</c> a PostgreSQL database; the rest of the string is
    /// Microsoft.Data.Sqlite's or Npgsql's.
    /// </summary>
    /// <exception cref="ArgumentException">The string is neither.</exception>
    public static Database Create(string connectionString, Sealer sealer, TimeProvider time)
    {
        var isSqlite = Names(connectionString, "Data Source") || Names(connectionString, "DataSource") || Names(connectionString, "Filename");
        return isSqlite
            ? new SqliteDatabase(connectionString, sealer, time)
            : new PostgresDatabase(connectionString, sealer, time);
    }

    private static bool Names(string connectionString, string key) =>
        connectionString.Split(';').Any(part => part.Split('=')[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase));
}
