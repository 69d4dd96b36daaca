namespace Poolhouse.Server.Wire;

/// <summary>Real time, for what other machines' clocks are compared with. The engine's clock is TimeProvider, which development may move.</summary>
internal sealed class WallClock(TimeProvider system)
{
    /// <summary>The real time.</summary>
    public DateTimeOffset Now => system.GetUtcNow();
}
