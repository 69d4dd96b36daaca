using Poolhouse.Storage;

namespace Poolhouse.Tests.Testing;

/// <summary>A real PostgreSQL, one per test process, that ends with it.</summary>
internal sealed class PostgresServer
{
    private const string Template = "poolhouse_template";

    private static readonly Lazy<Task<PostgresServer?>> Running = new(StartAsync);
    private readonly SemaphoreSlim creating = new(1);
    private readonly PostgresProcess process;
    private int count;

    private PostgresServer(PostgresProcess process) => this.process = process;

    /// <summary>Settings beyond the usual ones, such as <c>shared_buffers=4GB</c>; for a benchmark, before the server is first asked for.</summary>
    public static IReadOnlyList<string> Settings { get; set; } = [];

    /// <summary>The server; null where PostgreSQL is not installed.</summary>
    public static Task<PostgresServer?> FindAsync() => Running.Value;

    /// <summary>A server of the test's own, which it may hold still; null where PostgreSQL is not installed.</summary>
    public static Task<PostgresServer?> StartOwnAsync() => StartAsync();

    /// <summary>It stands still (SIGSTOP), with every connection: nothing is answered.</summary>
    public Task PauseAsync() => process.PauseAsync();

    /// <summary>It goes on, with everything that it was sent meanwhile.</summary>
    public Task ContinueAsync() => process.ContinueAsync();

    /// <summary>A fresh database with the current schema; answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await creating.WaitAsync();
        try
        {
            if (count == 0) await CreateTemplateAsync();
            var name = $"test_{++count}";
            await process.ExecuteAsync($"create database {name} template {Template}");
            return process.ConnectionString(name);
        }
        finally
        {
            creating.Release();
        }
    }

    /// <summary>A fresh database without any table; answers its connection string.</summary>
    public async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = $"empty_{Guid.NewGuid():N}";
        await process.ExecuteAsync($"create database {name}");
        return process.ConnectionString(name);
    }

    private async Task CreateTemplateAsync()
    {
        await process.ExecuteAsync($"create database {Template}");
        await using var database = new PostgresDatabase(process.ConnectionString(Template), TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(CancellationToken.None);
    }

    private static async Task<PostgresServer?> StartAsync() =>
        PostgresProcess.IsInstalled ? new PostgresServer(await PostgresProcess.CreateAsync(Settings)) : null;
}
