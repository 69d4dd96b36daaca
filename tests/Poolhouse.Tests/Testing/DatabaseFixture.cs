using Poolhouse.Storage;

namespace Poolhouse.Tests.Testing;

/// <summary>A database with the schema of a program that is one step ahead, for the tests of one class; each test makes its own pool in it.</summary>
public abstract class DatabaseFixture : IAsyncLifetime
{
    private Database? database;

    /// <summary>Skips the test where the database is not installed; in CI that is a failure.</summary>
    public Database Database
    {
        get
        {
            if (database is null && Environment.GetEnvironmentVariable("CI") == "true")
                throw new InvalidOperationException("PostgreSQL is not installed, but CI has to test on it.");

            Assert.SkipUnless(database is not null, "PostgreSQL is not installed.");
            return database!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (await CreateAsync() is not { } connectionString) return;
        database = DatabaseFactory.Create(connectionString, TestSealer.Instance, TimeProvider.System);
        database.Known = LaterSchema.Of(database);
        await database.MigrateAsync(CancellationToken.None);
        database.Known = null;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Answers the connection string of an empty database; null where there is no server.</summary>
    protected abstract Task<string?> CreateAsync();
}

/// <summary>A SQLite file that is gone afterwards.</summary>
public sealed class SqliteFixture : DatabaseFixture
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-sqlite-").FullName;

    /// <summary>The file; others may be made beside it.</summary>
    internal string Path => System.IO.Path.Combine(folder, "test.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    protected override Task<string?> CreateAsync() => Task.FromResult<string?>($"Data Source={Path}");
}

/// <summary>A PostgreSQL database of its own on the shared server.</summary>
public sealed class PostgresFixture : DatabaseFixture
{
    protected override async Task<string?> CreateAsync() => await PostgresServer.FindAsync() is { } server ? await server.CreateDatabaseAsync() : null;
}
