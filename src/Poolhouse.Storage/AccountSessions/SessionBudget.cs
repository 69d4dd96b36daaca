using System.Data.Common;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.AccountSessions;

/// <summary>How long a request waits for what it has to know about a session, and what it says when nobody tells.</summary>
internal static class SessionBudget
{
    /// <summary>For everything that a look at a session takes, whichever store answers. The contract's section 3.</summary>
    public static readonly TimeSpan Read = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// For a change, which waits for the disk and for other writers. A request that changes a session has read one before, within the other
    /// budget, so a store that is down is found out about there.
    /// </summary>
    public static readonly TimeSpan Write = TimeSpan.FromSeconds(2);

    /// <summary>Reads. What answers too late is left alone: it ends by the driver's own time limit and nobody minds what it says.</summary>
    /// <exception cref="SessionStoreUnavailableException">There was no answer in time, or the database failed.</exception>
    public static async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read, TimeProvider clock, CancellationToken ct)
    {
        var running = read();
        if (running.IsCompletedSuccessfully) return await running;
        var task = running.AsTask();
        try
        {
            return await task.WaitAsync(Read, clock, ct);
        }
        catch (TimeoutException late)
        {
            Deadline.Leave(task);
            throw new SessionStoreUnavailableException(late);
        }
        catch (DbException failure)
        {
            throw new SessionStoreUnavailableException(failure);
        }
    }

    /// <summary>Writes. What was not committed in time is taken back.</summary>
    /// <exception cref="SessionStoreUnavailableException">It was not committed in time, or the database failed.</exception>
    public static async ValueTask<T> WriteAsync<T>(Func<CancellationToken, ValueTask<T>> write, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            return await Deadline.RunAsync(stop => write(stop).AsTask(), Write, clock, ct);
        }
        catch (TimeoutException late)
        {
            throw new SessionStoreUnavailableException(late);
        }
        catch (DbException failure)
        {
            throw new SessionStoreUnavailableException(failure);
        }
    }
}
