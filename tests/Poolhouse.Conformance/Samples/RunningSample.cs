using System.Text.RegularExpressions;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Conformance.Samples;

/// <summary><c>samples/ProtectedApi</c> as a process of its own, protected by a server's pools.</summary>
internal sealed partial class RunningSample : IAsyncDisposable
{
    private readonly GuardedProcess _process;

    private RunningSample(GuardedProcess process, string url)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(url) };
    }

    /// <summary>For requests to it.</summary>
    public HttpClient Http { get; }

    /// <summary>Everything it has printed.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it for the web client's pool, with this client besides.</summary>
    public static async Task<RunningSample> StartAsync(RunningServer server, string otherClient = "none")
    {
        var process = await GuardedProcess.StartAsync(
            [
                "dotnet", Repository.ProtectedApi, "--urls", "http://127.0.0.1:0", $"--UserPool:Authority={server.Url}/{RunningServer.PoolId}",
                $"--UserPool:ClientIds:2={otherClient}", $"--Session:Server={server.Url}",
            ],
            Path.GetDirectoryName(Repository.ProtectedApi)!,
            // Its log says when it has started, however quiet the tests themselves are asked to be.
            new Dictionary<string, string?>(RunningServer.CleanEnvironment(), StringComparer.Ordinal) { ["Logging__LogLevel__Default"] = null },
            "Application started");
        await process.ReadyAsync();
        return new RunningSample(process, Address().Match(process.Output).Value);
    }

    /// <summary>A request with a bearer token; answers status and challenge.</summary>
    public async Task<(int Status, string Challenge)> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.WwwAuthenticate.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
