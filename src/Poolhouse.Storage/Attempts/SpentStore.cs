using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Attempts;

/// <summary>Ids of one-time things that carry their own sealed state, their expiry with it.</summary>
internal sealed class SpentStore(DatabaseSession session) : ISpentStore
{
    public ValueTask<bool> SpendAsync(string id, DateTimeOffset expiresAt, CancellationToken ct) => session
        .Statement(
            """
            insert into spent (id, expires_at)
            values (@id, @expires_at)
            on conflict do nothing
            returning id
            """)
        .Text("id", id)
        .Time("expires_at", expiresAt)
        .AnyAsync(ct);

    public ValueTask<bool> IsSpentAsync(string id, CancellationToken ct) => session
        .Statement("select 1 from spent where id = @id")
        .Text("id", id)
        .AnyAsync(ct);
}
