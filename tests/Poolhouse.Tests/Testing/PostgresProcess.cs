using System.Diagnostics;
using Npgsql;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// One running postgres in a temporary folder of its own. It ends with the test process however that ends: a shell holds the server and
/// stops it, and removes the folder, when the pipe from this process breaks.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    // The server refuses to run as root.
    private const string Guard = """
        "$@" & server=$!
        trap 'kill -INT $server' INT TERM
        cat > /dev/null
        kill -CONT $server
        kill -INT $server
        wait $server
        rm -rf "$POSTGRES_FOLDER"
        """;

    private readonly string cluster;
    private Process? shell;

    private PostgresProcess(int port, string folder)
    {
        Port = port;
        cluster = Path.Combine(folder, "cluster");
    }

    /// <summary>The port it listens at, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Whether PostgreSQL is installed.</summary>
    public static bool IsInstalled => FindPrograms() is not null;

    /// <summary>A new cluster; with settings beyond the usual ones, such as <c>shared_buffers=4GB</c>.</summary>
    public static async Task<PostgresProcess> CreateAsync(IReadOnlyList<string> settings)
    {
        var folder = await CreateFolderAsync();
        var server = new PostgresProcess(Ports.Free(), folder);

        // A locale unlike "C", so that a column whose collation was forgotten is noticed.
        await RunAsync(AsUser("initdb",
        [
            "--pgdata", server.cluster, "--username", "postgres", "--auth", "trust", "--no-sync",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US",
        ]));
        await server.StartAsync(folder, settings);
        return server;
    }

    /// <summary>A standby that streams what this server commits, under the given name.</summary>
    public async Task<PostgresProcess> CreateStandbyAsync(string name, IReadOnlyList<string> settings)
    {
        var folder = await CreateFolderAsync();
        var standby = new PostgresProcess(Ports.Free(), folder);
        await RunAsync(AsUser("pg_basebackup",
        [
            "--pgdata", standby.cluster, "--dbname", $"host=127.0.0.1 port={Port} user=postgres application_name={name}",
            "--checkpoint", "fast", "--wal-method", "stream", "--write-recovery-conf", "--no-sync",
        ]));
        await standby.StartAsync(folder, settings);
        return standby;
    }

    /// <summary>The connection string of one of its databases.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=40;Include Error Detail=true";

    /// <summary>Runs one statement in the database <c>postgres</c> on a connection of its own.</summary>
    public Task ExecuteAsync(string sql) => AnyAsync(sql);

    /// <summary>Runs one statement in the database <c>postgres</c> on a connection of its own; answers whether it returned a row.</summary>
    public async Task<bool> AnyAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync();
    }

    /// <summary>A standby becomes a primary; answers when it takes writes.</summary>
    public Task PromoteAsync() => RunAsync(AsUser("pg_ctl", ["promote", "--wait", "--pgdata", cluster]));

    /// <summary>It stands still (SIGSTOP), with every connection: nothing is answered.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>It goes on, with everything that it was sent meanwhile.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <summary>It dies with every connection and without a word (SIGKILL).</summary>
    public Task KillAsync() => SignalAsync("KILL");

    public async ValueTask DisposeAsync()
    {
        if (shell is null) return;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        shell = null;
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    private static async Task<string> CreateFolderAsync()
    {
        var folder = Directory.CreateTempSubdirectory("poolhouse-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync(["chown", "postgres:postgres", folder]);
        return folder;
    }

    private static string[] AsUser(string program, string[] arguments)
    {
        var path = Path.Combine(FindPrograms()!, program);
        return Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
    }

    private async Task StartAsync(string folder, IReadOnlyList<string> settings)
    {
        var command = AsUser("postgres",
        [
            "-D", cluster, "-p", $"{Port}", "-h", "127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=500", "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", .. settings.SelectMany(setting => new[] { "-c", setting }),
        ]);
        var log = Path.Combine(folder, "log");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"({Guard}) > '{log}' 2>&1", "sh", .. command]) { UseShellExecute = false, RedirectStandardInput = true };
        start.Environment["POSTGRES_FOLDER"] = folder;
        var started = Process.Start(start)!;
        shell = started;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (shell is not null) started.StandardInput.Close();
        };
        await WaitAsync();
    }

    // First the one that makes new ones; the others are asked for before it is gone.
    private async Task SignalAsync(string name)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(cluster, "postmaster.pid")))[0];
        await RunAsync(
        [
            "/bin/sh", "-c",
            $"kill -STOP {server}; all=$(ps -o pid= --ppid {server}); kill -{name} {server}; for each in $all; do kill -{name} $each 2> /dev/null; done; true",
        ]);
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
}
