using Poolhouse.Conformance.Running;

[assembly: AssemblyFixture(typeof(DevelopmentServer))]

namespace Poolhouse.Conformance.Running;

/// <summary>The server that all tests share which don't stop theirs: Development, on the database of the run. Tests bring users, or pools, of their own.</summary>
public sealed class DevelopmentServer : IAsyncLifetime
{
    private RunningServer? server;

    /// <summary>The server.</summary>
    public RunningServer Server => server!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await EngineOfRun.EndAsync();
    }
}
