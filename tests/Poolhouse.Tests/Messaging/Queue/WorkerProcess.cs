using System.Diagnostics;
using System.Globalization;

namespace Poolhouse.Tests.Messaging.Queue;

/// <summary><c>poolhouse worker</c> as a process of its own, which ends with this one: a shell holds it and kills it when the pipe from here breaks.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const string Guard = """
        exec 3<&0
        "$@" 3<&- < /dev/null & child=$!
        echo $child
        (cat <&3; kill -KILL $child) > /dev/null 2>&1 &
        wait $child
        """;

    private readonly Process shell;
    private readonly int process;

    private WorkerProcess(Process shell, int process)
    {
        this.shell = shell;
        this.process = process;
    }

    /// <summary>A worker that has started.</summary>
    public static async Task<WorkerProcess> StartAsync(params string[] options)
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Poolhouse.Server.dll"), "worker", .. options];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        var shell = Process.Start(start)!;
        var worker = new WorkerProcess(shell, int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
        List<string?> lines = [];
        do lines.Add(await shell.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        while (lines[^1] is not ("worker ready" or null));
        lines[^1].ShouldNotBeNull(string.Join('\n', lines));
        _ = shell.StandardOutput.ReadToEndAsync();
        return worker;
    }

    /// <summary>Sends a signal and waits for the end; answers the exit code.</summary>
    public async Task<int> EndAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
        await shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return shell.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!shell.HasExited) await EndAsync("KILL");
        shell.Dispose();
    }
}
