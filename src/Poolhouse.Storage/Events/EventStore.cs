using Poolhouse.Core.Events;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Events;

/// <summary>What happened to accounts, and what everybody may read.</summary>
internal sealed class EventStore(DatabaseSession session) : IEventStore
{
    public async ValueTask AddAsync(UserEvent userEvent, CancellationToken ct) => await session
        .Statement(
            """
            insert into user_events (id, pool_id, sub, kind, client_id, at, address, device)
            values (@id, @pool_id, @sub, @kind, @client_id, @at, @address, @device)
            """)
        .Text("id", userEvent.Id)
        .Text("pool_id", userEvent.PoolId.Value)
        .Text("sub", userEvent.Sub.Value)
        .Text("kind", EnumText.Of(userEvent.Kind))
        .Text("client_id", userEvent.ClientId?.Value)
        .Time("at", userEvent.At)
        .Text("address", userEvent.Address)
        .Text("device", userEvent.Device)
        .ExecuteAsync(ct);

    // By position, because several events of one request carry the same time.
    public async ValueTask<IReadOnlyList<UserEvent>> ListAsync(PoolId pool, Sub sub, int limit, CancellationToken ct) =>
        await ListBeforeAsync(pool, sub, DateTimeOffset.MaxValue, limit, ct);

    public async ValueTask<IReadOnlyList<UserEvent>> ListBeforeAsync(PoolId pool, Sub sub, DateTimeOffset before, int limit, CancellationToken ct) => await session
        .Statement(
            """
            select id, kind, client_id, at, address, device
            from user_events
            where pool_id = @pool_id and sub = @sub and at < @before
            order by position desc
            limit @limit
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Time("before", before)
        .Bigint("limit", limit)
        .ListAsync(
            row => new UserEvent
            {
                Id = row.GetString(0),
                PoolId = pool,
                Sub = sub,
                Kind = EnumText.ToUserEventKind(row.GetString(1)),
                ClientId = row.TextOrNull(2) is { } client ? new ClientId(client) : null,
                At = row.Time(3),
                Address = row.TextOrNull(4),
                Device = row.TextOrNull(5),
            },
            ct);

    public ValueTask<bool> HasSignedUpByClientAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement("select 1 from user_events where pool_id = @pool_id and sub = @sub and kind = @kind and client_id is not null limit 1")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .Text("kind", EnumText.Of(UserEventKind.SignedUp))
        .AnyAsync(ct);

    public ValueTask<bool> AnnounceAsync(Announcement announcement, CancellationToken ct) => session
        .Statement(
            """
            insert into announcements (id, title, body, at)
            values (@id, @title, @body, @at)
            on conflict do nothing
            returning id
            """)
        .Text("id", announcement.Id)
        .Text("title", announcement.Title)
        .Text("body", announcement.Body)
        .Time("at", announcement.At)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<Announcement>> ListAnnouncementsAsync(int limit, CancellationToken ct) => await session
        .Statement(
            """
            select id, title, body, at
            from announcements
            order by at desc, position desc
            limit @limit
            """)
        .Bigint("limit", limit)
        .ListAsync(static row => new Announcement(row.GetString(0), row.GetString(1), row.GetString(2), row.Time(3)), ct);
}
