namespace Poolhouse.Core.Primitives;

/// <summary>Work that a node does again and again until it stops.</summary>
public static class Repeated
{
    /// <summary>Runs <paramref name="once"/> and waits, in turns. Whatever a round throws, the next one comes. Returns when <paramref name="ct"/> is cancelled; throws nothing.</summary>
    /// <param name="once">One round.</param>
    /// <param name="wait">Between two rounds; told whether the last one succeeded. What it throws ends the waiting, no more.</param>
    /// <param name="failed">Told what a round threw.</param>
    /// <param name="ct">Ends the work.</param>
    public static async Task RunAsync(Func<CancellationToken, Task> once, Func<bool, CancellationToken, Task> wait, Action<Exception> failed, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var isDone = false;
            try
            {
                await once(ct);
                isDone = true;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // An engine that is away now may answer later, and a bug in one round must not end all that follow.
                failed(failure);
            }

            await wait(isDone, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs <paramref name="once"/> with a pause of <paramref name="interval"/> after each round.</summary>
    public static Task RunAsync(Func<CancellationToken, Task> once, TimeSpan interval, TimeProvider clock, Action<Exception> failed, CancellationToken ct) =>
        RunAsync(once, (_, stopped) => Task.Delay(interval, clock, stopped), failed, ct);
}
