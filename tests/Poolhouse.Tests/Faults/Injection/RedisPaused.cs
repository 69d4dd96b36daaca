using Poolhouse.Tests.Faults.Load;

namespace Poolhouse.Tests.Faults.Injection;

/// <summary>Redis stands still with all its connections, and afterwards does everything that it was sent meanwhile.</summary>
internal sealed class RedisPaused : Fault
{
    public override string Name => "Redis stands still (`SIGSTOP`)";

    public override string Note => "A request that waits for Redis when it stops gives up on it and asks the database.";

    public override IReadOnlyList<Service> Spares => Enum.GetValues<Service>();

    public override Task BeginAsync(Installation on)
    {
        on.Redis.Pause();
        return Task.CompletedTask;
    }

    public override Task EndAsync(Installation on)
    {
        on.Redis.Continue();
        return Task.CompletedTask;
    }
}
