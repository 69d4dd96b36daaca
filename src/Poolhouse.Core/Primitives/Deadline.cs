namespace Poolhouse.Core.Primitives;

/// <summary>Work that is over in time or taken back, for who can't wait for a database or a server that stands still.</summary>
public static class Deadline
{
    /// <summary>Runs the work; what isn't done in time is told to stop, and nobody waits for it.</summary>
    /// <param name="work">Gets a token that is cancelled when time is over. What it has not committed by then it must not commit.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="clock">Measures that.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="TimeoutException">It was not done in time.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan time, TimeProvider clock, CancellationToken ct)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = work(ending.Token);
        try
        {
            return await running.WaitAsync(time, clock, ct);
        }
        finally
        {
            if (running.IsCompleted) ending.Dispose();
            else Leave(EndAsync(ending, running));
        }
    }

    /// <summary>Nobody waits for this any more: its failure was foreseen, and is no news when it comes.</summary>
    public static void Leave(Task task) =>
        _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    // Telling it to stop may take as long as what it does: a driver asks the server that doesn't answer.
    private static async Task EndAsync(CancellationTokenSource ending, Task running)
    {
        try
        {
            await ending.CancelAsync();
            await running;
        }
        finally
        {
            ending.Dispose();
        }
    }
}
