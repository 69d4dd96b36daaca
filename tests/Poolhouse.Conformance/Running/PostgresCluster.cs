using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Conformance.Running;

/// <summary>A PostgreSQL server of its own in a temporary folder.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;
    private readonly GuardedProcess _process;

    private PostgresCluster(string folder, int port, GuardedProcess process)
    {
        _folder = folder;
        _port = port;
        _process = process;
    }

    /// <summary>Its default database.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>Starts one; skips the test where PostgreSQL is not installed.</summary>
    public static async Task<PostgresCluster> StartAsync()
    {
        var programs = Need.Tool(FindPrograms(), "PostgreSQL");
        var folder = Directory.CreateTempSubdirectory("poolhouse-postgres-").FullName;
        var cluster = Path.Combine(folder, "cluster");
        string[] asUser = [];
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            asUser = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
            await Command.RunAsync(["chown", "postgres:postgres", folder]);
        }

        await Command.RunAsync([.. asUser, Path.Combine(programs, "initdb"), "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8"], folder: "/");
        var port = FreePort();
        var process = await GuardedProcess.StartAsync(
            [
                .. asUser, Path.Combine(programs, "postgres"), "-D", cluster, "-p", $"{port}", "-h", "127.0.0.1",
                "-c", "unix_socket_directories=", "-c", "lc_messages=C", "-c", "max_connections=200",
            ],
            "/",
            new Dictionary<string, string?>(),
            "database system is ready to accept connections");
        await process.ReadyAsync();
        return new PostgresCluster(folder, port, process);
    }

    /// <summary>Makes a database; answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await Command.RunAsync([Path.Combine(FindPrograms()!, "createdb"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", name], folder: "/");
        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database={name};Maximum Pool Size=20";
    }

    public async ValueTask DisposeAsync()
    {
        await _process.SignalAsync("INT");
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(programs => File.Exists(Path.Combine(programs, "initdb")))
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
