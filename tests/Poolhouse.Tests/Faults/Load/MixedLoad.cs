using System.Diagnostics;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>
/// A steady stream of requests: the next one is sent when its time has come, not when the last one was answered, so that an outage meets as many people
/// as it would.
/// </summary>
internal sealed class MixedLoad(Steps steps, Journal journal, Random random, int perSecond) : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> underWay = [];
    private Task? running;

    /// <summary>Begins.</summary>
    public void Start() => running = RunAsync();

    /// <summary>Ends, once everything that was sent is answered or given up.</summary>
    public async Task StopAsync()
    {
        await ending.CancelAsync();
        if (running is not null) await running;
        await Task.WhenAll(underWay);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        for (var sent = 0L; !ending.IsCancellationRequested; sent++)
        {
            var due = TimeSpan.FromSeconds((double)sent / perSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Begin();
        }
    }

    private void Begin()
    {
        underWay.RemoveAll(task => task.IsCompletedSuccessfully);
        var kind = Choose();
        if (steps.Take(kind) is not { } person)
        {
            Interlocked.Increment(ref journal.Idle);
            return;
        }

        underWay.Add(steps.RunAsync(kind, person));
    }

    private OperationKind Choose()
    {
        var at = random.Next(Mix.Shares.Sum(share => share.Share));
        foreach (var (kind, share) in Mix.Shares)
        {
            if (at < share) return kind;
            at -= share;
        }

        return OperationKind.ReadSession;
    }
}
