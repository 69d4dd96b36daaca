using System.Text;
using BenchmarkDotNet.Attributes;
using Poolhouse.Server;

namespace Poolhouse.Benchmarks;

/// <summary>Whole operations from parsed HTTP to the answer's bytes, without a network.</summary>
public class EndpointBenchmarks
{
    private BenchmarkServer server = null!;
    private byte[] getUser = [];
    private byte[] refresh = [];

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        server = await BenchmarkServer.StartAsync();
        getUser = Encoding.UTF8.GetBytes($$"""{"AccessToken":"{{server.AccessToken}}"}""");
        refresh = Encoding.UTF8.GetBytes(
            $$$"""{"ClientId":"{{{Bootstrap.WebClientId}}}","AuthFlow":"REFRESH_TOKEN_AUTH","AuthParameters":{"REFRESH_TOKEN":"{{{server.RefreshToken}}}"}}""");
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await server.DisposeAsync();

    [Benchmark]
    public Task<ReadOnlyMemory<byte>> GetUser() => server.CallAsync("GetUser", getUser);

    [Benchmark]
    public Task<ReadOnlyMemory<byte>> Refresh() => server.CallAsync("InitiateAuth", refresh);
}
