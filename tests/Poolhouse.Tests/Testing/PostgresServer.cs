using System.Diagnostics;
using Npgsql;
using Poolhouse.Storage;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// A real PostgreSQL in a temporary folder, one per test process. It ends with the process however that ends: a shell holds
/// the server and stops it when the pipe from this process breaks.
/// </summary>
internal sealed class PostgresServer
{
    private const string Template = "poolhouse_template";

    // The server refuses to run as root.
    private const string Guard = """
        "$@" & server=$!
        trap 'kill -INT $server' INT TERM
        cat > /dev/null
        kill -INT $server
        wait $server
        rm -rf "$POSTGRES_FOLDER"
        """;

    private static readonly Lazy<Task<PostgresServer?>> Running = new(StartAsync);
    private readonly SemaphoreSlim creating = new(1);
    private readonly int port;
    private readonly string files;
    private int count;

    private PostgresServer(int port, string files)
    {
        this.port = port;
        this.files = files;
    }

    /// <summary>Settings beyond the usual ones, such as <c>shared_buffers=4GB</c>; for a benchmark, before the server is first asked for.</summary>
    public static IReadOnlyList<string> Settings { get; set; } = [];

    /// <summary>The server; null where PostgreSQL is not installed.</summary>
    public static Task<PostgresServer?> FindAsync() => Running.Value;

    /// <summary>A server of the test's own, which it may hold still; null where PostgreSQL is not installed.</summary>
    public static Task<PostgresServer?> StartOwnAsync() => StartAsync();

    /// <summary>It stands still (SIGSTOP), with every connection: nothing is answered.</summary>
    public async Task PauseAsync() => await SignalAsync("STOP");

    /// <summary>It goes on, with everything that it was sent meanwhile.</summary>
    public async Task ContinueAsync() => await SignalAsync("CONT");

    /// <summary>A fresh database with the current schema; answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await creating.WaitAsync();
        try
        {
            if (count == 0) await CreateTemplateAsync();
            var name = $"test_{++count}";
            await ExecuteAsync($"create database {name} template {Template}");
            return ConnectionString(name);
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
        await ExecuteAsync($"create database {name}");
        return ConnectionString(name);
    }

    private async Task CreateTemplateAsync()
    {
        await ExecuteAsync($"create database {Template}");
        await using var database = new PostgresDatabase(ConnectionString(Template), TestSealer.Instance, TimeProvider.System);
        await database.MigrateAsync(CancellationToken.None);
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=40;Include Error Detail=true";

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (FindPrograms() is not { } programs) return null;
        var folder = Directory.CreateTempSubdirectory("poolhouse-postgres-").FullName;
        var cluster = Path.Combine(folder, "cluster");
        var asUser = Array.Empty<string>();
        if (Environment.IsPrivilegedProcess)
        {
            asUser = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
            await RunAsync(["chown", "postgres:postgres", folder]);
        }

        // A locale unlike "C", so that a column whose collation was forgotten is noticed.
        await RunAsync(
        [
            .. asUser, Path.Combine(programs, "initdb"), "--pgdata", cluster, "--username", "postgres", "--auth", "trust", "--no-sync",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US",
        ]);
        var server = new PostgresServer(Ports.Free(), cluster);
        StartServer(folder,
        [
            .. asUser, Path.Combine(programs, "postgres"), "-D", cluster, "-p", $"{server.port}", "-h", "127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=500", "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", .. Settings.SelectMany(setting => new[] { "-c", setting }),
        ]);
        await server.WaitAsync();
        return server;
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    private static void StartServer(string folder, string[] command)
    {
        var log = Path.Combine(folder, "log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"({Guard}) > '{log}' 2>&1", "sh", .. command]) { UseShellExecute = false, RedirectStandardInput = true };
        start.Environment["POSTGRES_FOLDER"] = folder;
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.StandardInput.Close();
    }

    // First the one that makes new ones.
    private async Task SignalAsync(string name)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(files, "postmaster.pid")))[0];
        await RunAsync(["/bin/sh", "-c", $"kill -{name} {server} && for each in $(ps -o pid= --ppid {server}); do kill -{name} $each; done"]);
    }

    private static async Task RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} failed: {await output}{await error}");
    }

    private async Task WaitAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(100);
            }
        }
    }
}
