using System.Data.Common;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Messages;

/// <summary>Messages that the development mailbox received, in the order they came.</summary>
internal sealed class MailboxStore(DatabaseSession session) : IMailboxStore
{
    public ValueTask<bool> AddAsync(MailboxMessage message, CancellationToken ct) => session
        .Statement(
            """
            insert into mailbox (id, channel, recipient, subject, body_text, body_html, code, sent_at)
            values (@id, @channel, @recipient, @subject, @body_text, @body_html, @code, @sent_at)
            on conflict do nothing
            returning id
            """)
        .Text("id", message.Id)
        .Text("channel", EnumText.Of(message.Channel))
        .Text("recipient", message.To)
        .Text("subject", message.Subject)
        .Text("body_text", message.Text)
        .Text("body_html", message.Html)
        .Text("code", message.Code)
        .Time("sent_at", message.SentAt)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<MailboxMessage>> ListAsync(string? to, int limit, CancellationToken ct)
    {
        var messages = to is null ? await ListAllAsync(limit, ct) : await ListToAsync(to, limit, ct);
        messages.Reverse();
        return messages;
    }

    public ValueTask<MailboxMessage?> FindAsync(string id, CancellationToken ct) => session
        .Statement(
            """
            select id, channel, recipient, subject, body_text, body_html, code, sent_at
            from mailbox
            where id = @id
            """)
        .Text("id", id)
        .FindAsync(Read, ct);

    private ValueTask<List<MailboxMessage>> ListAllAsync(int limit, CancellationToken ct) => session
        .Statement(
            """
            select id, channel, recipient, subject, body_text, body_html, code, sent_at
            from mailbox
            order by position desc
            limit @limit
            """)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    private ValueTask<List<MailboxMessage>> ListToAsync(string to, int limit, CancellationToken ct) => session
        .Statement(
            """
            select id, channel, recipient, subject, body_text, body_html, code, sent_at
            from mailbox
            where recipient = @recipient
            order by position desc
            limit @limit
            """)
        .Text("recipient", to)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    private static MailboxMessage Read(DbDataReader row) => new(
        row.GetString(0),
        EnumText.ToMessageChannel(row.GetString(1)),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.Time(7));
}
