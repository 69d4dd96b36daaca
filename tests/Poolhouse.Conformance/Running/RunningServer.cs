using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Conformance.Running;

/// <summary>The built server as a process of its own, with its data in a temporary folder.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    /// <summary>The web client's pool, which every first start makes.</summary>
    public const string PoolId = "us-east-1_Poolhouse";

    /// <summary>The web client's id in that pool.</summary>
    public const string ClientId = "poolhousewebclient00000000";

    private readonly IReadOnlyDictionary<string, string?> _environment;
    private readonly string[] _arguments;
    private GuardedProcess? _process;

    private RunningServer(IReadOnlyDictionary<string, string?> environment, string[] arguments)
    {
        _environment = environment;
        _arguments = arguments;
        Folder = Directory.CreateTempSubdirectory("poolhouse-server-").FullName;
        Url = $"http://localhost:{FreePort()}";
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(Url) };
        Cognito = new CognitoCaller(Http);
        Mailbox = new MailboxReader(Http);
    }

    /// <summary>Where it listens, without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>Its working folder; the data is in <c>data</c> below it.</summary>
    public string Folder { get; }

    /// <summary>The connection string that it was given; null for the file in its folder.</summary>
    public string? Database => Array.IndexOf(_arguments, "--database") is >= 0 and var at ? _arguments[at + 1] : null;

    /// <summary>For requests to it.</summary>
    public HttpClient Http { get; }

    /// <summary>For calls of the protocol without anybody's client in between.</summary>
    public CognitoCaller Cognito { get; }

    /// <summary>What it has sent.</summary>
    public MailboxReader Mailbox { get; }

    /// <summary>What it printed since its last start.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>The memory that it holds. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html: VmRSS.</summary>
    public async Task<long> ResidentBytesAsync()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{await _process!.IdAsync()}/status");
        var kilobytes = lines.First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>A server in Development that serves requests.</summary>
    public static Task<RunningServer> StartAsync(params string[] arguments) =>
        StartAsync(new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development" }, arguments);

    /// <summary>A server that serves requests, with these variables of the environment and options of the command line.</summary>
    public static async Task<RunningServer> StartAsync(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var server = new RunningServer(settings, await EngineOfRun.WithDatabaseAsync(settings, arguments));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Runs a server that is expected to refuse to start; answers its exit code and what it printed.</summary>
    public static async Task<(int Code, string Output)> RefuseAsync(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        await using var server = new RunningServer(settings, arguments);
        await server.LaunchAsync();
        return (await server._process!.ExitAsync(), server.Output);
    }

    /// <summary>Runs one of the program's commands on this server's data; it has to succeed.</summary>
    public Task RunCommandAsync(params string[] command) =>
        Command.RunAsync(["dotnet", Repository.Server, .. command, "--urls", Url, "--data", Path.Combine(Folder, "data"), .. _arguments], Environment(), Folder);

    /// <summary>Starts it once more on the same data, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        await LaunchAsync();
        await _process!.ReadyAsync();
    }

    /// <summary>The program with a sub-command beside the server, on its database and with its environment.</summary>
    internal Task<GuardedProcess> StartCommandAsync(params string[] command) => GuardedProcess.StartAsync(
        ["dotnet", Repository.Server, .. command, "--data", Path.Combine(Folder, "data"), .. _arguments], Folder, Environment());

    /// <summary><c>kill -9</c>.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>What Ctrl-C does; answers the exit code.</summary>
    public Task<int> StopAsync() => _process!.SignalAsync("INT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task LaunchAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = await GuardedProcess.StartAsync(
            ["dotnet", Repository.Server, "--urls", Url, "--data", Path.Combine(Folder, "data"), .. _arguments],
            Folder,
            Environment(),
            "ready on");
    }

    private Dictionary<string, string?> Environment()
    {
        var result = CleanEnvironment();
        foreach (var (name, value) in _environment) result[name] = value;
        return result;
    }

    /// <summary>Takes away what the machine's own environment says to our programs.</summary>
    internal static Dictionary<string, string?> CleanEnvironment()
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        string[] ours = ["POOLHOUSE", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "COGNITO_", "AWS_"];
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys)
            if (ours.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) result[name] = null;
        return result;
    }

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
