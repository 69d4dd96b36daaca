using Poolhouse.Core.Documents;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Stores;

/// <summary>
/// Configuration that belongs to a pool. Beside its key a document has names, each of them one document's within pool and kind;
/// that is the database's promise, like the keys'.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Adds the document under its names.</summary>
    ValueTask<SaveDocumentOutcome> CreateAsync(Document document, IReadOnlyList<string> names, CancellationToken ct);

    /// <summary>The document of a key, or null.</summary>
    ValueTask<Document?> FindAsync(PoolId pool, DocumentKind kind, string key, CancellationToken ct);

    /// <summary>The document of a name, or null.</summary>
    ValueTask<Document?> FindByNameAsync(PoolId pool, DocumentKind kind, string name, CancellationToken ct);

    /// <summary>The domain, whosever it is, or null.</summary>
    ValueTask<Document?> FindDomainAsync(string domain, CancellationToken ct);

    /// <summary>Replaces the document and its names if its <c>ModifiedAt</c> still is <paramref name="expected"/>.</summary>
    ValueTask<SaveDocumentOutcome> UpdateAsync(Document document, DateTimeOffset expected, IReadOnlyList<string> names, CancellationToken ct);

    /// <summary>Removes the document with its names; false if there was none.</summary>
    ValueTask<bool> DeleteAsync(PoolId pool, DocumentKind kind, string key, CancellationToken ct);

    /// <summary>Documents of a kind in order of key. <paramref name="limit"/> 1–60.</summary>
    ValueTask<Page<Document>> ListAsync(PoolId pool, DocumentKind kind, int limit, string? after, CancellationToken ct);

    /// <summary>How many documents of a kind the pool has.</summary>
    ValueTask<long> CountAsync(PoolId pool, DocumentKind kind, CancellationToken ct);
}

/// <summary>How an attempt to store a document ended.</summary>
public enum SaveDocumentOutcome
{
    /// <summary>It is stored.</summary>
    Saved,

    /// <summary>Another document has the key.</summary>
    KeyTaken,

    /// <summary>Another document has one of the names; the unit must be abandoned.</summary>
    NameTaken,

    /// <summary>Somebody changed or removed it meanwhile: read it again.</summary>
    Stale,
}
