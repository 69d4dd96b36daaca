using Poolhouse.Core.Documents;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito;

/// <summary>
/// Configuration beside the pool as it is stored now, and the one way to change it. Each call answers first in Cognito's words if
/// there is no such pool.
/// </summary>
internal sealed class PoolDocuments(IDatabase database)
{
    // Each lost round means that another change won. On SQLite none is lost; on PostgreSQL as many as there are changes at once.
    private const int MaximumRounds = 64;

    /// <summary>A document that is not stored yet.</summary>
    public static Document New<T>(DocumentType<T> type, string poolId, string key, T content, DateTimeOffset now, string? clientId = null)
        where T : class => new()
        {
            PoolId = new PoolId(poolId),
            Kind = type.Kind,
            Key = key,
            ClientId = clientId is null ? null : new ClientId(clientId),
            Json = type.Write(content),
            CreatedAt = now,
            ModifiedAt = now,
        };

    /// <summary>The document of a key, or null.</summary>
    public ValueTask<Document?> FindAsync(string poolId, DocumentKind kind, string key, CancellationToken ct) =>
        database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, poolId, ct);
            return await stores.Documents.FindAsync(pool.Id, kind, key, ct);
        }, ct);

    /// <summary>The document of a name, or null.</summary>
    public ValueTask<Document?> FindByNameAsync(string poolId, DocumentKind kind, string name, CancellationToken ct) =>
        database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, poolId, ct);
            return await stores.Documents.FindByNameAsync(pool.Id, kind, name, ct);
        }, ct);

    /// <summary>Stores a new document, if its pool and client exist and the pool may have one more.</summary>
    /// <param name="document">The document.</param>
    /// <param name="names">Its names.</param>
    /// <param name="quota">How many a pool may have, and what they are called.</param>
    /// <param name="ct">Cancellation.</param>
    public ValueTask<SaveDocumentOutcome> CreateAsync(Document document, IReadOnlyList<string> names, (int Most, string What) quota, CancellationToken ct) =>
        database.WriteAsync(async unit =>
        {
            var pool = await ConfigurationChanges.PoolAsync(unit, document.PoolId.Value, ct);
            if (document.ClientId is { } client) await ConfigurationChanges.ClientAsync(unit, pool, client.Value, ct);
            if (await unit.Documents.CountAsync(pool.Id, document.Kind, ct) >= quota.Most)
                throw CognitoException.LimitExceeded($"A user pool can have at most {quota.Most} {quota.What}.");
            var outcome = await unit.Documents.CreateAsync(document, names, ct);
            if (outcome != SaveDocumentOutcome.Saved) unit.Abandon();
            return outcome;
        }, ct);

    /// <summary>Replaces a document by what <paramref name="change"/> makes of it. The change may run again, and may refuse.</summary>
    /// <param name="poolId">The pool.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="key">Which one.</param>
    /// <param name="change">From the present document to the changed one with its names.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The changed document; null with <c>Stale</c> where there is none.</returns>
    public async ValueTask<(SaveDocumentOutcome Outcome, Document? Document)> ChangeAsync(
        string poolId,
        DocumentKind kind,
        string key,
        Func<UserPool, Document, (Document Changed, IReadOnlyList<string> Names)> change,
        DateTimeOffset now,
        CancellationToken ct)
    {
        for (var round = 0; round < MaximumRounds; round++)
        {
            var (outcome, document) = await database.WriteAsync(async unit =>
            {
                var pool = await ConfigurationChanges.PoolAsync(unit, poolId, ct);
                if (await unit.Documents.FindAsync(pool.Id, kind, key, ct) is not { } read) return (SaveDocumentOutcome.Stale, null);
                var (made, names) = change(pool, read);
                var changed = made with { ModifiedAt = ModifiedTime.After(read.ModifiedAt, now) };
                var saved = await unit.Documents.UpdateAsync(changed, read.ModifiedAt, names, ct);
                if (saved != SaveDocumentOutcome.Saved) unit.Abandon();
                return (saved, (Document?)changed);
            }, ct);
            if (outcome != SaveDocumentOutcome.Stale || document is null) return (outcome, document);
        }

        // Not ConcurrentModificationException, which most of these operations don't have and which no client library retries.
        throw CognitoException.TooManyRequests("Too many requests");
    }

    /// <summary>Removes a document; false if there was none.</summary>
    public ValueTask<bool> DeleteAsync(string poolId, DocumentKind kind, string key, CancellationToken ct) =>
        database.WriteAsync(async unit =>
        {
            var pool = await ConfigurationChanges.PoolAsync(unit, poolId, ct);
            return await unit.Documents.DeleteAsync(pool.Id, kind, key, ct);
        }, ct);

    /// <summary>A page of documents by key.</summary>
    public ValueTask<Page<Document>> ListAsync(string poolId, DocumentKind kind, int limit, string? after, CancellationToken ct) =>
        database.ReadAsync(async stores =>
        {
            var pool = await ConfigurationChanges.PoolAsync(stores, poolId, ct);
            return await stores.Documents.ListAsync(pool.Id, kind, limit, after, ct);
        }, ct);
}
