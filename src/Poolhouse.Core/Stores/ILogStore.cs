using Poolhouse.Core.Logs;

namespace Poolhouse.Core.Stores;

/// <summary>Lines that wait to be delivered to where a pool's logs go.</summary>
public interface ILogStore
{
    /// <summary>Adds a line.</summary>
    ValueTask AddAsync(LogEntry entry, CancellationToken ct);

    /// <summary>Takes the oldest lines that are due, <paramref name="limit"/> at most, and lets nobody else take them before <paramref name="until"/>.</summary>
    ValueTask<IReadOnlyList<ClaimedLog>> ClaimAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes a line that was delivered.</summary>
    ValueTask CompleteAsync(string id, CancellationToken ct);

    /// <summary>Gives a line back until <paramref name="dueAt"/>.</summary>
    ValueTask DeferAsync(string id, DateTimeOffset dueAt, CancellationToken ct);

    /// <summary>Removes the oldest lines beyond <paramref name="most"/>; answers how many.</summary>
    ValueTask<int> TrimAsync(int most, CancellationToken ct);
}
