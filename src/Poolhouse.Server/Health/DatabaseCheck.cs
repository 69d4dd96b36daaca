using Poolhouse.Core.Stores;

namespace Poolhouse.Server.Health;

/// <summary>The database: without it nothing can be answered.</summary>
internal sealed class DatabaseCheck(IDatabaseMaintenance maintenance) : IEngineCheck
{
    public string Name => "database";

    public bool IsRequired => true;

    public async ValueTask<EngineState> CheckAsync(CancellationToken ct) => await maintenance.IsReachableAsync(ct)
        ? EngineState.Well("The database answers.")
        : EngineState.Out("The database does not answer.");
}
