using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Health;

/// <summary>Asks one engine, for no longer than a limit.</summary>
internal static class EngineAsking
{
    /// <summary>What it said; out where it said nothing in time or threw.</summary>
    public static async Task<EngineState> AskAsync(IEngineCheck check, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(stop => CheckAsync(check, stop), patience, clock, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (TimeoutException)
        {
            return EngineState.Out($"It does not answer within {patience.TotalSeconds:0.##} s.");
        }
        catch (Exception failure)
        {
            // Whatever an engine's driver throws means the same. The type only: a driver's text may name hosts and users.
            return EngineState.Out($"It does not answer ({failure.GetType().Name}).");
        }
    }

    private static async Task<EngineState> CheckAsync(IEngineCheck check, CancellationToken ct)
    {
        // A driver that blocks its thread must not keep the other engines waiting.
        await Task.Yield();
        return await check.CheckAsync(ct);
    }
}
