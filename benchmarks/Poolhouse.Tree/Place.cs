using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tree;

/// <summary>A database of its own that goes when the run ends.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-tree-").FullName;
    private readonly string connectionString;

    private Place(bool isSqlite, string connectionString)
    {
        this.connectionString = isSqlite ? "Data Source=" + Path.Combine(folder, "tree.db") : connectionString;
        (IsSqlite, Name) = (isSqlite, isSqlite ? "SQLite" : "PostgreSQL");
        Database = DatabaseFactory.Create(this.connectionString, TestSealer.Instance, TimeProvider.System);
    }

    /// <summary>Whether it is the embedded one.</summary>
    public bool IsSqlite { get; }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>As the server has it.</summary>
    public Database Database { get; }

    /// <summary>An empty database; null where PostgreSQL is not installed.</summary>
    public static async Task<Place?> MakeAsync(string database)
    {
        if (database == "sqlite") return await MigratedAsync(new Place(true, ""));
        PostgresServer.Settings = ["shared_buffers=1GB"];
        return await PostgresServer.FindAsync() is { } server ? await MigratedAsync(new Place(false, await server.CreateEmptyDatabaseAsync())) : null;
    }

    /// <summary>Loads a tree with its accounts.</summary>
    public async Task LoadAsync(Shape shape, long top)
    {
        var (nodes, blocks, last) = shape.Rows(top);
        await using DbConnection connection = IsSqlite ? new SqliteConnection(connectionString + ";Pooling=false;Foreign Keys=False") : new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        if (!IsSqlite) await ExecuteAsync(connection, "set session_replication_role = replica");
        await WriteAsync(connection, "binary_trees (application, top, last_node, last_block)", [[shape.Name, top, top + shape.Count, last]]);
        await WriteAsync(
            connection,
            "accounts (id, application, pool_id, sub, pool_username, username, username_key, created_at)",
            Enumerable.Range(1, shape.Count).Select(i => new object?[] { shape.Account(i), shape.Name, "p", $"{i}", $"{i}", $"user{i}", $"user{i}", 0L }));
        await WriteAsync(
            connection,
            "binary_tree_nodes (id, tree, account_id, sponsor, parent, side, depth, children, preference, left_head, left_end, right_head, right_end, block, label, placed_at)",
            nodes);
        await WriteAsync(connection, "binary_tree_blocks (id, container, label, nodes, open_depth)", blocks);
        if (!IsSqlite) await ExecuteAsync(connection, "vacuum analyze");
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Place> MigratedAsync(Place place)
    {
        await place.Database.MigrateAsync(CancellationToken.None);
        return place;
    }

#pragma warning disable CA2100 // Names of tables and columns are the schema's own.
    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WriteAsync(DbConnection connection, string table, IEnumerable<object?[]> rows)
    {
        if (connection is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync($"copy {table} from stdin (format binary)");
            foreach (var row in rows) await copy.WriteRowAsync(CancellationToken.None, row);
            await copy.CompleteAsync();
            return;
        }

        var names = table[(table.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(", ");
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table} values ({string.Join(", ", names.Select(name => "@" + name))})";
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }
#pragma warning restore CA2100
}
