using System.Collections.Concurrent;
using System.Globalization;

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

    /// <summary>Starts the threads.</summary>
    /// <param name="threadCount">At least 1; the number of processors is the right choice.</param>
    /// <param name="capacity">Pieces of work that may wait, at least 1; those being done do not count.</param>
    public HashQueue(int threadCount, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        waiting = new BlockingCollection<HashWork>(capacity);
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
        var item = new HashWork<T>(work, ct);
        return TryAdd(item) ? await item.Completion : HashOutcome<T>.Full;
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
        foreach (var item in waiting.GetConsumingEnumerable()) item.Run();
    }
}
