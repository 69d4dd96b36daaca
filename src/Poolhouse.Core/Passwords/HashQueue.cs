using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Poolhouse.Core.Telemetry;

namespace Poolhouse.Core.Passwords;

/// <summary>
/// A bounded queue for work that costs a tenth of a second of processor time, on threads of its own at low priority. A storm of
/// sign-ins then fills this queue and is told so, while refreshes and session reads keep the request threads and the processor.
/// </summary>
public sealed class HashQueue : IDisposable, IAsyncDisposable
{
    /// <summary>Pieces of work that may wait when nothing else is asked for.</summary>
    public const int DefaultCapacity = 256;

    private readonly BlockingCollection<HashWork> waiting;
    private readonly Thread[] threads;
    private readonly Histogram<double>? wait;
    private readonly Counter<long>? full;

    /// <summary>Starts the threads.</summary>
    /// <param name="threadCount">At least 1; the number of processors is the right choice.</param>
    /// <param name="capacity">Pieces of work that may wait, at least 1; those being done do not count.</param>
    /// <param name="meters">Where its instruments are; null for none.</param>
    public HashQueue(int threadCount, int capacity = DefaultCapacity, IMeterFactory? meters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        waiting = new BlockingCollection<HashWork>(capacity);
        if (meters?.Create(Tracing.Name) is { } meter)
        {
            meter.CreateObservableGauge("poolhouse.hash.waiting", () => Depth, "{password}", "Passwords that wait to be hashed.");
            wait = meter.CreateHistogram(
                "poolhouse.hash.wait",
                "s",
                "How long passwords waited before they were hashed.",
                tags: null,
                new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
            full = meter.CreateCounter<long>("poolhouse.hash.full", "{password}", "Passwords that were turned away because too many waited.");
        }

        threads = [.. Enumerable.Range(1, threadCount).Select(NewThread)];
        foreach (var thread in threads) thread.Start();
    }

    /// <summary>Pieces of work that wait now.</summary>
    public int Depth => waiting.Count;

    /// <summary>Does <paramref name="work"/> on a hashing thread, or answers at once that the queue is full or closing.</summary>
    /// <param name="work">Runs to its end once begun; its exception reaches the caller.</param>
    /// <param name="ct">Given up before its turn, the work is skipped and the call is cancelled.</param>
    public async ValueTask<HashOutcome<T>> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var part = Tracing.StartPart("hash password");
        var item = new HashWork<T>(work, ct);
        if (!TryAdd(item))
        {
            full?.Add(1);
            part?.SetStatus(ActivityStatusCode.Error);
            return HashOutcome<T>.Full;
        }

        var outcome = await item.Completion;
        part?.SetTag("poolhouse.hash.wait", item.Waited.TotalSeconds);
        return outcome;
    }

    /// <summary>Takes no more work, finishes what waits, ends the threads. Blocks until then.</summary>
    public void Dispose()
    {
        if (!waiting.IsAddingCompleted) waiting.CompleteAdding();
        foreach (var thread in threads) thread.Join();
    }

    /// <summary>As <see cref="Dispose"/>, without blocking the caller's thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!waiting.IsAddingCompleted) waiting.CompleteAdding();
        await Task.Factory.StartNew(Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private Thread NewThread(int number) => new(Work)
    {
        IsBackground = true,
        Name = string.Create(CultureInfo.InvariantCulture, $"password hashing {number}"),
    };

    private bool TryAdd(HashWork item)
    {
        try
        {
            return waiting.TryAdd(item);
        }
        catch (InvalidOperationException)
        {
            // Closing: to the caller the same as full, another node may still take it.
            return false;
        }
    }

    private void Work()
    {
        ThreadNiceness.Lower();
        foreach (var item in waiting.GetConsumingEnumerable())
        {
            item.Begin();
            wait?.Record(item.Waited.TotalSeconds);
            item.Run();
        }
    }
}
