using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Poolhouse.Load;

namespace Poolhouse.Large;

/// <summary>The server as its own process, on a free port of the loopback interface.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // As the repository's own key of tests: it protects nothing.
    internal const string MasterKey = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly TimeSpan MostStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan MostStop = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private ServerProcess(Process process, IPEndPoint endPoint, TimeSpan startTime) => (this.process, EndPoint, StartTime) = (process, endPoint, startTime);

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>From the start of the process to its line "ready on".</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string program, string database, string folder, CancellationToken ct)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        // In a folder without a .env file.
        var start = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.GetFullPath(program), "--urls", $"http://{endPoint}", "--data", folder, "--database", database },
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["POOLHOUSE__HASHPROFILE"] = "development";
        start.Environment["POOLHOUSE__MASTERKEY"] = MasterKey;
        start.Environment["Logging__LogLevel__Default"] = "Warning";

        var started = Stopwatch.GetTimestamp();
        var running = Process.Start(start)!;
        running.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text) Console.Error.WriteLine(text);
        };
        running.BeginErrorReadLine();
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(MostStart);
            while (await running.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (!line.StartsWith("ready on", StringComparison.Ordinal)) continue;
                var server = new ServerProcess(running, endPoint, Stopwatch.GetElapsedTime(started));
                _ = running.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return server;
            }
        }
        catch (OperationCanceledException)
        {
            running.Kill();
            running.Dispose();
            throw;
        }

        throw new LoadException("The server ended before it was ready.");
    }

    /// <summary>Asks it to stop, as a supervisor does; SQLite's log is folded into its file by that.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        using var timeout = new CancellationTokenSource(MostStop);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
