namespace Poolhouse.Server.Wire;

/// <summary>Real time, for what other machines' clocks are compared with. The engine's clock is TimeProvider, which development may move.</summary>
internal sealed class WallClock(TimeProvider system)
{
    /// <summary>The real time.</summary>
    public DateTimeOffset Now => system.GetUtcNow();
}

/// <summary>Real time with its timers, for waits and budgets of calls to other machines.</summary>
/// <param name="Clock">The machine's.</param>
internal sealed record RealTime(TimeProvider Clock);
