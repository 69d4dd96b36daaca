namespace Poolhouse.Core.Stores;

/// <summary>Something outside the database that has to go: a file, say.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Kind">Who knows how to remove it; see <c>IErasureWork.Kind</c>.</param>
/// <param name="Subject">What it is, in that one's own terms.</param>
/// <param name="Attempts">How often it was tried, this time included.</param>
public sealed record Erasure(string Id, string Kind, string Subject, int Attempts);

/// <summary>
/// What is still to be removed outside the database. A row is added in the transaction that makes the thing nobody's, and goes when the thing
/// is gone, so that a crash between the two leaves nothing behind.
/// </summary>
public interface IErasureStore
{
    /// <summary>Adds one, due at once.</summary>
    ValueTask AddAsync(Erasure erasure, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Takes what is due; nobody else gets it before <paramref name="until"/>, when it is due again. <paramref name="limit"/> 1–100.
    /// </summary>
    ValueTask<IReadOnlyList<Erasure>> TakeAsync(int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>It is gone.</summary>
    ValueTask CompleteAsync(string id, CancellationToken ct);

    /// <summary>It could not be removed; again at <paramref name="dueAt"/>.</summary>
    ValueTask PostponeAsync(string id, DateTimeOffset dueAt, CancellationToken ct);
}
