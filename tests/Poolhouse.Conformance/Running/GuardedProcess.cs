using System.Diagnostics;

namespace Poolhouse.Conformance.Running;

/// <summary>
/// A process that ends with this one, however this one ends: a shell holds it and kills it when the pipe from here breaks.
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    // A shell has its background commands ignore Ctrl-C, which env undoes.
    private const string Guard = """
        exec 3<&0
        env --default-signal=INT,QUIT "$@" 3<&- < /dev/null & child=$!
        echo "pid $child"
        (cat <&3; kill -KILL $child) > /dev/null 2>&1 &
        wait $child
        """;

    private readonly Process _guard;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string? _awaited;

    private GuardedProcess(Process process, string? awaitedLine)
    {
        _guard = process;
        _awaited = awaitedLine;
    }

    /// <summary>Everything printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _guard.HasExited;

    /// <summary>Starts a command. Variables of this process reach it unless <paramref name="environment"/> says otherwise; null takes one away.</summary>
    public static async Task<GuardedProcess> StartAsync(
        IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string?> environment, string? awaitedLine = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new GuardedProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, awaitedLine);
        process.Listen();
        await process._started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return process;
    }

    /// <summary>The command's process id.</summary>
    public Task<int> IdAsync() => _started.Task;

    /// <summary>Waits until the awaited line is printed.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or was silent for too long.</exception>
    public async Task ReadyAsync()
    {
        var first = await Task.WhenAny(_announced.Task, _guard.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60)));
        if (first != _announced.Task) throw new InvalidOperationException($"'{_awaited}' was never printed:\n{Output}");
    }

    /// <summary>Waits for its end and answers its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _guard.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _guard.ExitCode;
    }

    /// <summary><c>kill -9</c>: no time for a last word.</summary>
    public Task KillAsync() => SignalAsync("KILL");

    /// <summary>Sends a signal and waits for the end; answers the exit code.</summary>
    public async Task<int> SignalAsync(string signal)
    {
        await SendAsync(signal);
        return await ExitAsync();
    }

    /// <summary>Sends a signal that it may live on after.</summary>
    public async Task SendAsync(string signal)
    {
        if (_guard.HasExited) return;
        using var kill = Process.Start("kill", ["-" + signal, $"{await _started.Task}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _guard.Dispose();
    }

    private void Listen()
    {
        _guard.OutputDataReceived += (_, e) => Hear(e.Data);
        _guard.ErrorDataReceived += (_, e) => Hear(e.Data);
        _guard.Start();
        _guard.BeginOutputReadLine();
        _guard.BeginErrorReadLine();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        if (!_started.Task.IsCompleted && line.StartsWith("pid ", StringComparison.Ordinal))
        {
            _started.SetResult(int.Parse(line.AsSpan(4), provider: null));
            return;
        }

        lock (_lines) _lines.Add(line);
        if (_awaited is not null && line.Contains(_awaited, StringComparison.Ordinal)) _announced.TrySetResult(line);
    }
}
