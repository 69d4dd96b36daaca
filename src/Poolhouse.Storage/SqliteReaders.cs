using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Poolhouse.Storage;

/// <summary>Read-only connections, opened when first needed and kept with their prepared statements.</summary>
internal sealed class SqliteReaders(string connectionString) : IAsyncDisposable
{
    // More would only share the same few cores and the same page cache of the kernel.
    private const int Count = 16;

    // query_only also refuses what mode=ro lets pass: writes to temporary tables.
    private const string Settings = """
        pragma query_only = on;
        pragma busy_timeout = 5000;
        pragma cache_size = -8192;
        pragma mmap_size = 1073741824;
        """;

    private readonly ConcurrentStack<Reader> idle = new();
    private readonly SemaphoreSlim places = new(Count);
    private volatile bool isClosed;

    public async ValueTask<Reader> RentAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        await places.WaitAsync(ct);
        try
        {
            return idle.TryPop(out var reader) ? reader : Open();
        }
        catch (SqliteException)
        {
            places.Release();
            throw;
        }
    }

    public void Return(Reader reader)
    {
        idle.Push(reader);
        places.Release();

        // Whoever comes back after the end closes what it brings.
        if (isClosed) CloseIdle();
    }

    public ValueTask DisposeAsync()
    {
        isClosed = true;
        CloseIdle();
        return ValueTask.CompletedTask;
    }

    private void CloseIdle()
    {
        while (idle.TryPop(out var reader)) reader.Connection.Dispose();
    }

    private Reader Open()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }

        return new Reader(connection, new DatabaseSession(connection, Dialect.Sqlite, prepared: new(StringComparer.Ordinal)));
    }

    /// <summary>A connection and the session that lives as long.</summary>
    internal sealed record Reader(SqliteConnection Connection, DatabaseSession Session);
}
