using System.Data.Common;
using System.Text;
using Poolhouse.Core.Documents;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Documents;

/// <summary>Configuration that belongs to a pool; a secret is sealed with the document's place as context.</summary>
internal sealed class DocumentStore(DatabaseSession session, Sealer sealer, Action onChange) : IDocumentStore
{
    private const string Columns = "d.pool_id, d.kind, d.key, d.client_id, d.document, d.sealed_secret, d.created_at, d.modified_at";

    public async ValueTask<SaveDocumentOutcome> CreateAsync(Document document, IReadOnlyList<string> names, CancellationToken ct)
    {
        var isAdded = await Changing()
            .Statement(
                """
                insert into documents (document, sealed_secret, modified_at, pool_id, kind, key, client_id, created_at)
                values (@document, @sealed_secret, @modified_at, @pool_id, @kind, @key, @client_id, @created_at)
                on conflict do nothing
                returning key
                """)
            .Text("document", document.Json)
            .Bytes("sealed_secret", Seal(document))
            .Time("modified_at", document.ModifiedAt)
            .Text("pool_id", document.PoolId.Value)
            .Text("kind", EnumText.Of(document.Kind))
            .Text("key", document.Key)
            .Text("client_id", document.ClientId?.Value)
            .Time("created_at", document.CreatedAt)
            .AnyAsync(ct);
        if (!isAdded) return SaveDocumentOutcome.KeyTaken;
        return await TakeAsync(document, names, ct) ? SaveDocumentOutcome.Saved : SaveDocumentOutcome.NameTaken;
    }

    public ValueTask<Document?> FindAsync(PoolId pool, DocumentKind kind, string key, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from documents d
            where d.pool_id = @pool_id and d.kind = @kind and d.key = @key
            """)
        .Text("pool_id", pool.Value)
        .Text("kind", EnumText.Of(kind))
        .Text("key", key)
        .FindAsync(Read, ct);

    public ValueTask<Document?> FindByNameAsync(PoolId pool, DocumentKind kind, string name, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from document_names n
            join documents d on d.pool_id = n.pool_id and d.kind = n.kind and d.key = n.key
            where n.pool_id = @pool_id and n.kind = @kind and n.name = @name
            """)
        .Text("pool_id", pool.Value)
        .Text("kind", EnumText.Of(kind))
        .Text("name", name)
        .FindAsync(Read, ct);

    // The kind stands as a literal, or the partial index would not be used.
    public ValueTask<Document?> FindDomainAsync(string domain, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from documents d
            where d.kind = 'domain' and d.key = @key
            """)
        .Text("key", domain)
        .FindAsync(Read, ct);

    public async ValueTask<SaveDocumentOutcome> UpdateAsync(
        Document document, DateTimeOffset expected, IReadOnlyList<string> names, CancellationToken ct)
    {
        var isChanged = await Changing()
            .Statement(
                """
                update documents
                set document = @document, sealed_secret = @sealed_secret, modified_at = @modified_at
                where pool_id = @pool_id and kind = @kind and key = @key and modified_at = @expected
                returning key
                """)
            .Text("document", document.Json)
            .Bytes("sealed_secret", Seal(document))
            .Time("modified_at", document.ModifiedAt)
            .Text("pool_id", document.PoolId.Value)
            .Text("kind", EnumText.Of(document.Kind))
            .Text("key", document.Key)
            .Time("expected", expected)
            .AnyAsync(ct);
        if (!isChanged) return SaveDocumentOutcome.Stale;

        await session
            .Statement("delete from document_names where pool_id = @pool_id and kind = @kind and key = @key")
            .Text("pool_id", document.PoolId.Value)
            .Text("kind", EnumText.Of(document.Kind))
            .Text("key", document.Key)
            .ExecuteAsync(ct);
        return await TakeAsync(document, names, ct) ? SaveDocumentOutcome.Saved : SaveDocumentOutcome.NameTaken;
    }

    public ValueTask<bool> DeleteAsync(PoolId pool, DocumentKind kind, string key, CancellationToken ct) => Changing()
        .Statement("delete from documents where pool_id = @pool_id and kind = @kind and key = @key returning key")
        .Text("pool_id", pool.Value)
        .Text("kind", EnumText.Of(kind))
        .Text("key", key)
        .AnyAsync(ct);

    public async ValueTask<Page<Document>> ListAsync(PoolId pool, DocumentKind kind, int limit, string? after, CancellationToken ct)
    {
        var documents = await session
            .Statement(
                $"""
                select {Columns}
                from documents d
                where d.pool_id = @pool_id and d.kind = @kind and d.key > @after
                order by d.key
                limit @limit
                """)
            .Text("pool_id", pool.Value)
            .Text("kind", EnumText.Of(kind))
            .Text("after", after ?? "")
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(documents, limit, document => document.Key);
    }

    // Scans the pool's part of the primary key; quotas keep it small.
    public ValueTask<long> CountAsync(PoolId pool, DocumentKind kind, CancellationToken ct) => session
        .Statement("select count(*) from documents where pool_id = @pool_id and kind = @kind")
        .Text("pool_id", pool.Value)
        .Text("kind", EnumText.Of(kind))
        .FindAsync(static row => row.GetInt64(0), ct);

    private async ValueTask<bool> TakeAsync(Document document, IReadOnlyList<string> names, CancellationToken ct)
    {
        // In one order everywhere, so that two documents that swap names wait for each other instead of deadlocking.
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var isTaken = await session
                .Statement(
                    """
                    insert into document_names (pool_id, kind, name, key)
                    values (@pool_id, @kind, @name, @key)
                    on conflict do nothing
                    returning name
                    """)
                .Text("pool_id", document.PoolId.Value)
                .Text("kind", EnumText.Of(document.Kind))
                .Text("name", name)
                .Text("key", document.Key)
                .AnyAsync(ct);
            if (!isTaken) return false;
        }

        return true;
    }

    private byte[]? Seal(Document document) => document.Secret is null
        ? null
        : sealer.Seal(Encoding.UTF8.GetBytes(document.Secret.Reveal()), SealPurpose.DocumentSecret, Context(document.PoolId.Value, document.Kind, document.Key));

    private Document Read(DbDataReader row)
    {
        var pool = row.GetString(0);
        var kind = EnumText.ToDocumentKind(row.GetString(1));
        var key = row.GetString(2);
        return new Document
        {
            PoolId = new PoolId(pool),
            Kind = kind,
            Key = key,
            ClientId = row.TextOrNull(3) is { } client ? new ClientId(client) : null,
            Json = row.GetString(4),
            Secret = Open(row.BytesOrNull(5), pool, kind, key),
            CreatedAt = row.Time(6),
            ModifiedAt = row.Time(7),
        };
    }

    private Secret? Open(byte[]? sealedSecret, string pool, DocumentKind kind, string key)
    {
        if (sealedSecret is null) return null;
        return sealer.TryOpen(sealedSecret, SealPurpose.DocumentSecret, Context(pool, kind, key), out var clear)
            ? new Secret(Encoding.UTF8.GetString(clear))
            : throw new InvalidOperationException($"The secret of {kind} {key} of pool {pool} cannot be opened. Is its master key still configured?");
    }

    // No pool id has a slash, and no kind.
    private static byte[] Context(string pool, DocumentKind kind, string key) => SealContext.Of($"{pool}/{EnumText.Of(kind)}/{key}");

    // A catalog somewhere remembers what is changed here.
    private DatabaseSession Changing()
    {
        onChange();
        return session;
    }
}
