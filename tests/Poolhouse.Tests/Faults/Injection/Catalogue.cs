using Poolhouse.Tests.Faults.Network;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>Every fault there is a row for, in the order of the table.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Fault> All =
    [
        new NodeKilled(),
        new PrimaryKilled(),
        new PrimaryPaused(),
        new NetworkCut(EngineKind.Database, Cut.Silent),
        new NetworkCut(EngineKind.Database, Cut.Reset),
        new NetworkCut(EngineKind.Database, Cut.Silent, isOfOne: true),
        new RedisKilled(isWiped: false),
        new RedisKilled(isWiped: true),
        new RedisPaused(),
        new NetworkCut(EngineKind.Redis, Cut.Silent),
        new NetworkCut(EngineKind.Redis, Cut.Reset),
        new NetworkCut(EngineKind.Redis, Cut.Silent, isOfOne: true),
        new QueueKilled(isWiped: false),
        new QueueKilled(isWiped: true),
        new NetworkCut(EngineKind.Queue, Cut.Silent),
        new NetworkCut(EngineKind.Queue, Cut.Reset),
        new MailServerKilled(),
        new MailServerDiesAnswering(),
        new NetworkCut(EngineKind.Mail, Cut.Silent),
        new NetworkCut(EngineKind.Mail, Cut.Reset),
        new ClockJump(minutes: 10),
        new ClockJump(minutes: -10),
        new DiskFull(),
    ];

    /// <summary>By its name.</summary>
    public static Fault Named(string name) => All.First(fault => fault.Name == name);
}
