using Poolhouse.Conformance.Running;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>One node: a process of the built server, outside Development.</summary>
internal sealed class ClusterNode(string name, string folder, IReadOnlyDictionary<string, string?> environment) : IAsyncDisposable
{
    private readonly List<string> earlier = [];
    private GuardedProcess? process;

    /// <summary>What logs and failures call it.</summary>
    public string Name => name;

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Whether its process is there, be it held still.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>What it printed, over all its starts.</summary>
    public string Log => string.Join('\n', earlier.Append(process?.Output ?? ""));

    /// <summary>Starts it and waits until it serves requests; again after it has ended.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public async Task StartAsync()
    {
        if (process is not null)
        {
            earlier.Add(process.Output);
            await process.DisposeAsync();
        }

        process = await GuardedProcess.StartAsync(
            ["dotnet", Repository.Server, "--urls", $"http://127.0.0.1:{Port}"], folder, environment, awaitedLine: "ready on");
        await process.ReadyAsync();
    }

    /// <summary><c>kill -9</c>: no time for a last word.</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>SIGTERM, as systemd and Kubernetes stop a service; answers the exit code once it has ended.</summary>
    public Task<int> TerminateAsync() => process!.SignalAsync("TERM");

    /// <summary>SIGSTOP: it stands still with all its connections.</summary>
    public Task PauseAsync() => process!.SendAsync("STOP");

    /// <summary>SIGCONT: it goes on.</summary>
    public Task ContinueAsync() => process!.SendAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
    }
}
