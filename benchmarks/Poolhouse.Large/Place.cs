using Microsoft.Data.Sqlite;
using Npgsql;
using Poolhouse.Large.Loading;
using Poolhouse.Load;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Large;

/// <summary>A database of its own that goes when the run ends.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly string folder;
    private readonly string connectionString;
    private readonly bool isSqlite;

    private Place(string folder, string connectionString, bool isSqlite) =>
        (this.folder, this.connectionString, this.isSqlite) = (folder, connectionString, isSqlite);

    /// <summary>The database's name.</summary>
    public string Name => isSqlite ? "SQLite" : "PostgreSQL";

    /// <summary>An empty database.</summary>
    public static async Task<Place> MakeAsync(string database)
    {
        if (database == "sqlite")
        {
            var made = NewFolder();
            return new Place(made, "Data Source=" + Path.Combine(made, "poolhouse.db"), isSqlite: true);
        }

        // As the tests run it: without flushes of the disk, which reading does not meet; it ends with this process. With memory that
        // holds the data, as who has a million users gives it: of the 128 MB that it takes by itself most reads would go to the kernel.
        PostgresServer.Settings = ["shared_buffers=6GB"];
        var server = await PostgresServer.FindAsync() ?? throw new LoadException("PostgreSQL is not installed; --database sqlite does without.");
        return new Place(NewFolder(), await server.CreateEmptyDatabaseAsync(), isSqlite: false);
    }

    /// <summary>A server on it.</summary>
    public Task<ServerProcess> StartAsync(LargeOptions options, CancellationToken ct) =>
        ServerProcess.StartAsync(options.Server, connectionString, folder, ct);

    /// <summary>Loads into it; no server may run.</summary>
    public async Task LoadAsync(Func<BulkLoad, Task> load)
    {
        if (isSqlite)
        {
            // Chooses the library that the server uses.
            _ = SqliteDatabase.Version;
            await using var connection = new SqliteConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            await load(new SqliteLoad(connection));
        }
        else
        {
            await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=0");
            await connection.OpenAsync();
            await load(new PostgresLoad(connection));
        }
    }

    /// <summary>Removes what it wrote; PostgreSQL's part goes with its server at the end of this process.</summary>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("poolhouse-large-").FullName;
}
