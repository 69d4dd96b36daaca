using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Tests.Testing;

/// <summary>
/// A real redis-server on a free port, of one test's own: tests stop it, hold it still and start it anew. A shell holds it and ends it when
/// the pipe from this process breaks.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";

    private const string Guard = """
        exec 2> /dev/null
        "$@" & server=$!
        echo $server
        cat > /dev/null
        kill -CONT $server
        kill -KILL $server
        wait $server
        """;

    private readonly int port;
    private readonly string[] settings;
    private Process? shell;
    private int process;

    private RedisServer(int port, string[] settings)
    {
        this.port = port;
        this.settings = settings;
    }

    /// <summary>For the option <c>Redis</c>.</summary>
    public string Configuration => $"127.0.0.1:{port}";

    /// <summary>The port it listens at, on 127.0.0.1.</summary>
    public int Port => port;

    /// <summary>A running server; skips the test where Redis is not installed, fails it in CI.</summary>
    /// <param name="settings">More of its command line, such as <c>--requirepass</c>; with <c>--tls-port 0</c> its port is one of TLS, with a file first it is read.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        if (!File.Exists(Program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("Redis is not installed, but CI has to test with it.");
            Assert.Skip("Redis is not installed.");
        }

        var server = new RedisServer(Ports.Free(), settings);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>Starts it anew after <see cref="Stop"/>, with nothing in it.</summary>
    public async Task ResumeAsync()
    {
        var tls = Array.IndexOf(settings, "--tls-port");
        string[] ports = tls < 0 ? ["--port", $"{port}"] : ["--port", "0", "--tls-port", $"{port}"];
        string[] own = [.. settings.Where((_, i) => tls < 0 || (i != tls && i != tls + 1))];
        string[] command = own is [var file, ..] && !file.StartsWith('-')
            ? [Program, file, .. ports, "--bind", "127.0.0.1", .. own[1..]]
            : [Program, .. ports, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. own];
        shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process = int.Parse((await shell.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        _ = shell.StandardOutput.ReadToEndAsync();
        for (var attempt = 0; !await AnswersAsync(); attempt++)
        {
            if (attempt == 200) throw new TimeoutException("redis-server does not start.");
            await Task.Delay(25);
        }
    }

    /// <summary>Kills it.</summary>
    public void Stop()
    {
        shell?.StandardInput.Close();
        shell?.WaitForExit();
        shell?.Dispose();
        shell = null;
    }

    /// <summary>It stands still (SIGSTOP): connections stay, nothing is answered.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>It goes on, with everything that it was sent meanwhile.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>What redis-cli says.</summary>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var client = Process.Start(new ProcessStartInfo("/usr/bin/redis-cli", ["-p", $"{port}", .. command]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return output.Trim();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("/bin/kill", ["-" + name, $"{process}"]);
        kill.WaitForExit();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            // One that wants a password, or TLS, is there when it lets in.
            if (settings.Length > 0) return true;
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[7];
            return await stream.ReadAtLeastAsync(answer, 7, throwOnEndOfStream: false) == 7 && answer.AsSpan().StartsWith("+PONG"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
