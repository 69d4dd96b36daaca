using Poolhouse.Tests.Faults.Load;
using Poolhouse.Tests.Faults.Network;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>The network between nodes and an engine is cut: of all nodes, or of one.</summary>
internal sealed class NetworkCut(EngineKind engine, Cut how, bool isOfOne = false) : Fault
{
    public override string Name => $"{(isOfOne ? "One node is" : "All nodes are")} cut off from {NameOf(engine)} ({(how == Cut.Silent ? "nothing arrives" : "connections break")})";

    public override int MayCopyMails => engine is EngineKind.Mail or EngineKind.Database ? 16 : 0;

    public override int MayRepeatMails => engine == EngineKind.Database ? 1 : 0;

    public override IReadOnlyList<Service> Spares => engine == EngineKind.Database ? [] : Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on)
    {
        foreach (var node in on.Nodes.Take(isOfOne ? 1 : on.Nodes.Count)) node.Break(engine, how);
        return Task.CompletedTask;
    }

    public override Task EndAsync(Installation on)
    {
        foreach (var node in on.Nodes) node.Mend(engine);
        return Task.CompletedTask;
    }

    private static string NameOf(EngineKind engine) => engine switch
    {
        EngineKind.Database => "PostgreSQL",
        EngineKind.Redis => "Redis",
        EngineKind.Mail => "the mail server",
        _ => "RabbitMQ",
    };
}
