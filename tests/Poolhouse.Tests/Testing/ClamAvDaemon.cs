using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// A real clamd in a temporary folder, one per test process, which ends with it. Its database is one signature of our own: nothing is downloaded.
/// </summary>
internal sealed class ClamAvDaemon
{
    private const string Program = "/usr/sbin/clamd";

    private const string Guard = """
        "$@" & server=$!
        trap 'kill $server' INT TERM
        cat > /dev/null
        kill $server
        wait $server
        rm -rf "$CLAMAV_FOLDER"
        """;

    private static readonly Lazy<Task<ClamAvDaemon?>> Running = new(StartAsync);

    private ClamAvDaemon(int port, string socket)
    {
        Port = port;
        Socket = socket;
    }

    /// <summary>The test file of the antivirus industry (eicar.org), in two parts, so that no scanner finds it here.</summary>
    public static byte[] Eicar => Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*");

    /// <summary>Its TCP port on loopback.</summary>
    public int Port { get; }

    /// <summary>Its socket's path.</summary>
    public string Socket { get; }

    /// <summary>The daemon. Skips the test where it isn't installed; in CI that is a failure.</summary>
    public static async Task<ClamAvDaemon> GetAsync()
    {
        var daemon = await Running.Value;
        if (daemon is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("ClamAV is not installed, but CI has to test with it.");
        Assert.SkipWhen(daemon is null, "ClamAV is not installed.");
        return daemon!;
    }

    private static async Task<ClamAvDaemon?> StartAsync()
    {
        if (!File.Exists(Program)) return null;
        var folder = Directory.CreateTempSubdirectory("poolhouse-clamav-").FullName;
        var daemon = new ClamAvDaemon(FreePort(), Path.Combine(folder, "clamd.ctl"));
        // Name, any type, anywhere, the bytes: found wherever they stand in a file.
        await File.WriteAllTextAsync(Path.Combine(folder, "test.ndb"), $"Poolhouse.Test:0:*:{Convert.ToHexStringLower(Eicar)}\n");
        var configuration = Path.Combine(folder, "clamd.conf");
        await File.WriteAllTextAsync(configuration, $"""
            Foreground yes
            DatabaseDirectory {folder}
            TCPSocket {daemon.Port}
            TCPAddr 127.0.0.1
            LocalSocket {daemon.Socket}
            TemporaryDirectory {folder}
            StreamMaxLength 12M
            Bytecode no
            MaxThreads 4

            """);
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"({Guard}) > '{folder}/log' 2>&1", "sh", Program, "--config-file", configuration]) { UseShellExecute = false, RedirectStandardInput = true };
        start.Environment["CLAMAV_FOLDER"] = folder;
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.StandardInput.Close();
        await daemon.WaitAsync(folder);
        return daemon;
    }

    private async Task WaitAsync(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                await client.GetStream().WriteAsync("zPING\0"u8.ToArray());
                var answer = new byte[5];
                await client.GetStream().ReadExactlyAsync(answer);
                return;
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
            {
                if (attempt == 300) throw new InvalidOperationException("clamd did not start: " + await File.ReadAllTextAsync(Path.Combine(folder, "log")), notYet);
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
