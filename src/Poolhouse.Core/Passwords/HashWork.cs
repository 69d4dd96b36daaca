using System.Diagnostics;

namespace Poolhouse.Core.Passwords;

/// <summary>One waiting piece of work.</summary>
internal abstract class HashWork
{
    private readonly long _queuedAt = Stopwatch.GetTimestamp();

    /// <summary>How long it waited for its turn.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Its turn has come.</summary>
    public void Begin() => Waited = Stopwatch.GetElapsedTime(_queuedAt);

    /// <summary>Does the work, unless its waiter has gone, and tells the waiter.</summary>
    public abstract void Run();
}

/// <inheritdoc/>
internal sealed class HashWork<T>(Func<T> work, CancellationToken ct) : HashWork
{
    // Asynchronously, or the waiter's whole request would continue on the low-priority hashing thread.
    private readonly TaskCompletionSource<HashOutcome<T>> waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<HashOutcome<T>> Completion => waiter.Task;

    public override void Run()
    {
        // A client that hung up while its request waited is the commonest load of a storm; it must cost nothing.
        if (ct.IsCancellationRequested)
        {
            waiter.TrySetCanceled(ct);
            return;
        }

        try
        {
            waiter.TrySetResult(HashOutcome<T>.Done(work()));
        }
        catch (Exception failure)
        {
            // Not swallowed: it belongs to whoever asked, and the thread must live on for the others.
            waiter.TrySetException(failure);
        }
    }
}
