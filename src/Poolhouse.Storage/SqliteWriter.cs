using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Poolhouse.Storage;

/// <summary>
/// The one writer of a SQLite file. A commit costs a flush of the disk however much is in it, so the writer takes every unit that
/// waits, runs each inside its own savepoint, and commits them together: durable when answered, and fast.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxQueued = 10_000;

    // Bounds how long the first unit of a group waits for the last.
    private const int MaxGroupUnits = 512;
    private static readonly TimeSpan MaxGroupTime = TimeSpan.FromMilliseconds(50);

    // synchronous=FULL flushes the write-ahead log at every commit; NORMAL would lose the last commits with the power.
    private const string Settings = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma busy_timeout = 5000;
        pragma cache_size = -65536;
        pragma mmap_size = 1073741824;
        pragma temp_store = memory;
        pragma wal_autocheckpoint = 4000;
        pragma journal_size_limit = 67108864;
        """;

    private readonly string connectionString;
    private readonly BlockingCollection<SqliteUnit> queue = [];
    private readonly SemaphoreSlim places = new(MaxQueued);
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Thread> thread;
    private SqliteConnection? connection;
    private DatabaseSession? session;

    public SqliteWriter(string connectionString)
    {
        this.connectionString = connectionString;
        thread = new(Start);
    }

    /// <summary>Runs the work in its turn and answers when it is durable. Waits where too many others do.</summary>
    public async ValueTask<T> RunAsync<T>(Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct)
    {
        _ = thread.Value;
        await places.WaitAsync(ct);
        var unit = new SqliteUnit<T>(work, ct);
        try
        {
            queue.Add(unit, CancellationToken.None);
        }
        catch (InvalidOperationException exception)
        {
            throw new ObjectDisposedException("The database is closed.", exception);
        }

        return await unit.Completion;
    }

    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        if (thread.IsValueCreated) await stopped.Task;
    }

    private Thread Start()
    {
        var started = new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" };
        started.UnsafeStart(); // Not with the ambient values of whoever writes first.
        return started;
    }

    private void Loop()
    {
        var group = new List<SqliteUnit>(MaxGroupUnits);
        foreach (var first in queue.GetConsumingEnumerable(CancellationToken.None))
        {
            RunGroup(first, group);
            group.Clear();
        }

        Close();
        stopped.SetResult();
    }

    private void RunGroup(SqliteUnit first, List<SqliteUnit> group)
    {
        group.Add(first);
        places.Release();
        try
        {
            Open();
            Run("begin immediate");
            var started = Stopwatch.GetTimestamp();
            RunUnit(first);
            while (group.Count < MaxGroupUnits && Stopwatch.GetElapsedTime(started) < MaxGroupTime && queue.TryTake(out var next))
            {
                group.Add(next);
                places.Release();
                RunUnit(next);
            }

            Run("commit");
        }
        catch (Exception exception)
        {
            // Nothing of the group is durable, so all of it failed. A fresh connection starts without leftovers of this one.
            Close();
            foreach (var unit in group) unit.Fail(exception);
            return;
        }

        // Only now: even an answer of an abandoned unit may rest on what another unit of the group wrote.
        foreach (var unit in group) unit.Answer();
    }

    private void RunUnit(SqliteUnit unit)
    {
        Run("savepoint unit");
        if (!unit.Run(session!)) Run("rollback to unit");
        Run("release unit");
    }

    private void Run(string sql) => session!.Statement(sql).Execute();

    private void Open()
    {
        if (session is not null) return;
        connection = new SqliteConnection(connectionString);
        connection.Open();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = Settings;
            command.ExecuteNonQuery();
        }

        session = new DatabaseSession(
            connection, Dialect.Sqlite, prepared: new(StringComparer.Ordinal), owner: Thread.CurrentThread);
    }

    private void Close()
    {
        session = null;
        connection?.Dispose();
        connection = null;
    }
}
