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
    private readonly string? folder;
    private Process? shell;
    private int process;

    private RedisServer(int port, string? folder) => (this.port, this.folder) = (port, folder);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => port;

    /// <summary>For the option <c>Redis</c>.</summary>
    public string Configuration => $"127.0.0.1:{port}";

    /// <summary>A running server; skips the test where Redis is not installed, fails it in CI.</summary>
    /// <param name="folder">Where it keeps what it was told, from command to command (<c>appendfsync always</c>); null keeps nothing.</param>
    public static async Task<RedisServer> StartAsync(string? folder = null)
    {
        if (!File.Exists(Program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("Redis is not installed, but CI has to test with it.");
            Assert.Skip("Redis is not installed.");
        }

        var server = new RedisServer(Ports.Free(), folder);
        await server.ResumeAsync();
        return server;
    }

    /// <summary>Starts it anew after <see cref="Stop"/>, with nothing in it, or with what its folder has.</summary>
    public async Task ResumeAsync()
    {
        string[] kept = folder is null ? ["--appendonly", "no"] : ["--dir", folder, "--appendonly", "yes", "--appendfsync", "always"];
        string[] command = [Program, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", .. kept];
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
