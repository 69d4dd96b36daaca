using System.Data.Common;
using System.Text;
using System.Text.Json;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Sealing;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Telemetry;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Messages;

/// <summary>
/// Messages to send. A lease is an owner and an end by the database's clock (<see cref="OutboxLeases"/>). A message whose id was given to the queue
/// has the owner <see cref="Queue"/>, which is nobody: whoever hears its id may take it.
/// </summary>
internal sealed class OutboxStore(DatabaseSession session, Sealer sealer, Action onQueued) : IOutboxStore
{
    private const int MaxClosedPerClaim = 100;
    private const string Queue = "queue";

    public async ValueTask AddAsync(OutboxMessage message, CancellationToken ct)
    {
        onQueued();
        if (message.SupersedeKey is not null) await SupersedeAsync(message, ct);
        // What caused it goes on where it is delivered, in whichever process that is.
        if (message.TraceParent is null && Tracing.Parent is { } parent) message = message with { TraceParent = parent };
        var document = JsonSerializer.SerializeToUtf8Bytes(message, StorageJson.Default.OutboxMessage);
        await session
            .Statement(
                """
                insert into outbox (id, state, supersede_key, sealed_message, attempts, created_at, not_after, due_at)
                values (@id, 'waiting', @supersede_key, @sealed_message, 0, @created_at, @not_after, @created_at)
                """)
            .Text("id", message.Id)
            .Text("supersede_key", message.SupersedeKey)
            .Bytes("sealed_message", sealer.Seal(document, SealPurpose.OutboxMessage, Encoding.UTF8.GetBytes(message.Id)))
            .Time("created_at", message.CreatedAt)
            .Time("not_after", message.NotAfter)
            .ExecuteAsync(ct);
    }

    public async ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        string owner, int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct)
    {
        await CloseLateAsync(now, ct);
        var rows = await session
            .Statement(
                $$"""
                with {{OutboxLeases.Due}}
                update outbox
                set lost_leases = case when owner is null or owner = @queue then lost_leases else lost_leases + 1 end,
                    owner = @owner, leased_until = {clock} + @lease, due_at = @lease_end, attempts = attempts + 1
                where position in (select position from due)
                returning id, attempts, lost_leases, sealed_message, position
                """)
            .Time("now", now)
            .Text("listed", OutboxLeases.Listed(except))
            .Bigint("limit", limit)
            .Text("owner", owner)
            .Text("queue", Queue)
            .Bigint("lease", OutboxLeases.Milliseconds(lease))
            .Time("lease_end", now + lease)
            .ListAsync(static row => (Position: row.GetInt64(4), Row: Read(row)), ct);

        var messages = new List<ClaimedMessage>(rows.Count);
        foreach (var (_, row) in rows.OrderBy(row => row.Position))
            if (await OpenAsync(row, owner, ct) is { } message) messages.Add(message);
        return messages;
    }

    // Neither closed, nor leased by somebody, nor put off after an attempt that failed.
    public async ValueTask<ClaimedMessage?> ClaimOneAsync(string id, string owner, TimeSpan lease, DateTimeOffset now, CancellationToken ct)
    {
        var row = await session
            .Statement(
                $$"""
                update outbox
                set lost_leases = case when owner is null or owner = @queue then lost_leases else lost_leases + 1 end,
                    owner = @owner, leased_until = {clock} + @lease, due_at = @lease_end, attempts = attempts + 1
                where id = @id and state = 'waiting' and not_after >= @now and (owner = @queue or {{OutboxLeases.IsDue}})
                returning id, attempts, lost_leases, sealed_message
                """)
            .Text("queue", Queue)
            .Text("owner", owner)
            .Bigint("lease", OutboxLeases.Milliseconds(lease))
            .Time("lease_end", now + lease)
            .Text("id", id)
            .Time("now", now)
            .FindAsync(Read, ct);
        return row is null ? null : await OpenAsync(row, owner, ct);
    }

    public async ValueTask<IReadOnlyList<string>> QueueAsync(
        int limit, TimeSpan lease, IReadOnlyCollection<string> except, DateTimeOffset now, CancellationToken ct)
    {
        await CloseLateAsync(now, ct);
        return await session
            .Statement(
                $$"""
                with {{OutboxLeases.Due}}
                update outbox
                set lost_leases = case when owner is null or owner = @queue then lost_leases else lost_leases + 1 end,
                    owner = @queue, leased_until = {clock} + @lease, due_at = @lease_end
                where position in (select position from due)
                returning id
                """)
            .Time("now", now)
            .Text("listed", OutboxLeases.Listed(except))
            .Bigint("limit", limit)
            .Text("queue", Queue)
            .Bigint("lease", OutboxLeases.Milliseconds(lease))
            .Time("lease_end", now + lease)
            .ListAsync(static row => row.GetString(0), ct);
    }

    // Scans what waits, which is short, and only when the queue has gone or come back. Of two clocks the earlier counts: one that is ahead must not put it off for others.
    public ValueTask<int> ReleaseQueuedAsync(DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update outbox
            set owner = null, leased_until = null, due_at = case when created_at < @now then created_at else @now end
            where state = 'waiting' and owner = @queue and (leased_until > {clock} or (leased_until is null and due_at > @now))
            """)
        .Time("now", now)
        .Text("queue", Queue)
        .ExecuteAsync(ct);

    // A lease that ran out, but that nobody else has taken, still counts: the message is gone out, and saying so avoids a second.
    public ValueTask<bool> CompleteAsync(string id, string owner, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update outbox
            set state = 'sent', sealed_message = null, owner = null, leased_until = null, closed_at = @now
            where id = @id and owner = @owner and state = 'waiting'
            returning id
            """)
        .Time("now", now)
        .Text("id", id)
        .Text("owner", owner)
        .AnyAsync(ct);

    // For a dead message closed_at is the end of its lease by the node's clock, which is near enough to age by.
    public ValueTask<bool> FailAsync(string id, string owner, DateTimeOffset? nextAttemptAt, string reason, CancellationToken ct) => session
        .Statement(
            """
            update outbox
            set state = case when @next is null then 'dead' else 'waiting' end,
                sealed_message = case when @next is null then null else sealed_message end,
                closed_at = case when @next is null then due_at else null end,
                due_at = coalesce(@next, due_at),
                owner = null,
                leased_until = null,
                lost_leases = 0,
                reason = @reason
            where id = @id and owner = @owner and state = 'waiting'
            returning id
            """)
        .Time("next", nextAttemptAt)
        .Text("reason", reason)
        .Text("id", id)
        .Text("owner", owner)
        .AnyAsync(ct);

    // Scans indexes of what waits and what is dead: both are short unless the operator must look anyway.
    public async ValueTask<OutboxState> StateAsync(CancellationToken ct) => (await session
        .Statement(
            """
            select
                (select count(*) from outbox where state = 'waiting'),
                (select count(*) from outbox where state <> 'waiting' and state = 'dead'),
                (select min(created_at) from outbox where state = 'waiting')
            """)
        .FindAsync(static row => new OutboxState(row.GetInt64(0), row.GetInt64(1), row.TimeOrNull(2)), ct))!;

    private ValueTask<int> SupersedeAsync(OutboxMessage message, CancellationToken ct) => session
        .Statement(
            $$"""
            delete from outbox
            where state = 'waiting' and supersede_key = @supersede_key and (owner = @queue or {{OutboxLeases.IsFree}})
            """)
        .Text("queue", Queue)
        .Text("supersede_key", message.SupersedeKey)
        .Time("now", message.CreatedAt)
        .ExecuteAsync(ct);

    private ValueTask<int> CloseLateAsync(DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            $$"""
            with late as materialized (
                select position
                from outbox
                where state = 'waiting' and not_after < @now and (owner = @queue or {{OutboxLeases.IsFree}})
                order by not_after
                limit @limit
                {skip_locked}
            )
            update outbox
            set state = 'late', sealed_message = null, owner = null, leased_until = null, closed_at = @now
            where position in (select position from late)
            """)
        .Time("now", now)
        .Text("queue", Queue)
        .Bigint("limit", MaxClosedPerClaim)
        .ExecuteAsync(ct);

    // One message that cannot be opened must not hold up all that follow.
    private async ValueTask<ClaimedMessage?> OpenAsync(LeasedRow row, string owner, CancellationToken ct)
    {
        if (sealer.TryOpen(row.Sealed, SealPurpose.OutboxMessage, Encoding.UTF8.GetBytes(row.Id), out var clear))
            return new ClaimedMessage(JsonSerializer.Deserialize(clear, StorageJson.Default.OutboxMessage)!, row.Attempts - 1, row.LostLeases);
        await FailAsync(row.Id, owner, null, "It cannot be opened: the master key that sealed it is not configured.", ct);
        return null;
    }

    private static LeasedRow Read(DbDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.Bytes(3));

    private sealed record LeasedRow(string Id, int Attempts, int LostLeases, byte[] Sealed);
}
