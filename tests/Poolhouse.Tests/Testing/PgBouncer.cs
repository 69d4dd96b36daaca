using System.Diagnostics;
using Npgsql;

namespace Poolhouse.Tests.Testing;

/// <summary>A real pgbouncer that gives each transaction another connection, in front of a database. A shell ends it when the pipe from this process breaks.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private const string Guard = """
        chmod 755 "$1"
        shift
        "$@" > /dev/null 2>&1 & pooler=$!
        cat > /dev/null
        kill -KILL $pooler
        wait $pooler
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-pgbouncer-").FullName;
    private readonly Process shell;

    private PgBouncer(NpgsqlConnectionStringBuilder server)
    {
        var port = Ports.Free();
        var settings = Path.Combine(folder, "pgbouncer.ini");
        File.WriteAllText(
            settings,
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits
            """);
        string[] asUser = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", folder, .. asUser, Program, settings]) { UseShellExecute = false, RedirectStandardInput = true })!;
        ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Host = "127.0.0.1", Port = port, NoResetOnClose = true }.ConnectionString + ";Max Auto Prepare=0";
    }

    /// <summary>As docs/nodes.md has it.</summary>
    public string ConnectionString { get; }

    /// <summary>One that takes connections; skips the test where it is not installed, fails it in CI.</summary>
    public static async Task<PgBouncer> StartAsync(string connectionString)
    {
        if (!File.Exists(Program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PgBouncer is not installed, but CI has to test with it.");
            Assert.Skip("PgBouncer is not installed.");
        }

        var pooler = new PgBouncer(new NpgsqlConnectionStringBuilder(connectionString));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(pooler.ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return pooler;
            }
            catch (NpgsqlException) when (attempt < 200)
            {
                await Task.Delay(25);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
