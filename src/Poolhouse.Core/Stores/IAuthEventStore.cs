using Poolhouse.Core.Primitives;
using Poolhouse.Core.Threats;

namespace Poolhouse.Core.Stores;

/// <summary>What threat protection remembers. Goes with its user.</summary>
public interface IAuthEventStore
{
    /// <summary>Adds the event, or replaces the one of its id; feedback and place in the order stay.</summary>
    ValueTask PutAsync(AuthEvent authEvent, CancellationToken ct);

    /// <summary>The user's event, or null.</summary>
    ValueTask<AuthEvent?> FindAsync(PoolId pool, Sub sub, string id, CancellationToken ct);

    /// <summary>A user's events, newest first. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<AuthEvent>> ListAsync(PoolId pool, Sub sub, int limit, string? after, CancellationToken ct);

    /// <summary>A user's newest sign-ins after <paramref name="since"/>, newest first. <paramref name="limit"/> 1–100.</summary>
    ValueTask<IReadOnlyList<AuthEvent>> ListSignInsAsync(PoolId pool, Sub sub, DateTimeOffset since, int limit, CancellationToken ct);

    /// <summary>Says of an event whether it was right; the last word stands. False if the user has no such event.</summary>
    ValueTask<bool> SetFeedbackAsync(PoolId pool, Sub sub, string id, AuthFeedback feedback, CancellationToken ct);
}
