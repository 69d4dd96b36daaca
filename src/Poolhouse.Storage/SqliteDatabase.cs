using System.Data.Common;
using Microsoft.Data.Sqlite;
using Poolhouse.Core.Sealing;

namespace Poolhouse.Storage;

/// <summary>A SQLite file: one writer that commits many waiting units at once, and readers beside it.</summary>
public sealed class SqliteDatabase : Database
{
    private const int ConstraintViolated = 19;

    private readonly SqliteReaders readers;
    private readonly SqliteWriter writer;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="ArgumentException">The string names no file.</exception>
    public SqliteDatabase(string connectionString, Sealer sealer, TimeProvider time)
        : base(sealer, time)
    {
        _ = Version;
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false, ForeignKeys = true };
        if (builder.DataSource.Length == 0 || builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new ArgumentException("SQLite needs a file: every connection to :memory: would be another database.", nameof(connectionString));

        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        writer = new SqliteWriter(builder.ConnectionString);
        builder.Mode = SqliteOpenMode.ReadOnly;
        readers = new SqliteReaders(builder.ConnectionString);
    }

    /// <summary>The version of the SQLite library in use, e.g. <c>3.40.1</c>.</summary>
    public static string Version => SqliteLibrary.Version;

    /// <inheritdoc/>
    public override string EngineName => "sqlite";

    /// <summary>Waits for what is queued, then closes the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await readers.DisposeAsync();
    }

    // A read runs on the caller's thread although SQLite blocks it: a row comes from the page cache or the kernel's within
    // microseconds, which is less than handing the work to another thread costs. What takes longer is bounded by a limit.
    private protected override async ValueTask<T> ReadSessionAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct)
    {
        var reader = await readers.RentAsync(ct);
        try
        {
            return await work(reader.Session);
        }
        finally
        {
            readers.Return(reader);
        }
    }

    private protected override ValueTask<T> ReadConsistentlyAsync<T>(Func<DatabaseSession, ValueTask<T>> work, CancellationToken ct) =>
        ReadSessionAsync(
            async session =>
            {
                await session.RunScriptAsync("begin", ct);
                try
                {
                    return await work(session);
                }
                finally
                {
                    await session.RunScriptAsync("rollback", CancellationToken.None);
                }
            },
            ct);

    private protected override ValueTask<T> WriteSessionAsync<T>(
        Func<DatabaseSession, ValueTask<(T Answer, bool IsKept)>> work, CancellationToken ct) => writer.RunAsync(work, ct);

    private protected override bool IsRefusal(DbException exception) => exception is SqliteException { SqliteErrorCode: ConstraintViolated };
}
