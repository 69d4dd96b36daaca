using System.Data.Common;
using System.Globalization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Accounts;

/// <summary>The audit log.</summary>
internal sealed class AuditStore(DatabaseSession session) : IAuditStore
{
    public async ValueTask AddAsync(AuditEntry entry, CancellationToken ct) => await session
        .Statement(
            """
            insert into audit_entries (id, at, application, kind, account_id, actor_id, subject, address, device, request_id)
            values (@id, @at, @application, @kind, @account_id, @actor_id, @subject, @address, @device, @request_id)
            """)
        .Text("id", entry.Id)
        .Time("at", entry.At)
        .Text("application", entry.Application)
        .Text("kind", entry.Kind)
        .Text("account_id", entry.Account?.Value)
        .Text("actor_id", entry.Actor?.Value)
        .Text("subject", entry.Subject)
        .Text("address", entry.Address)
        .Text("device", entry.Device)
        .Text("request_id", entry.RequestId)
        .ExecuteAsync(ct);

    public async ValueTask<Page<AuditEntry>> ListAsync(AccountId account, int limit, string? before, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                """
                select position, id, at, application, kind, account_id, actor_id, subject, address, device, request_id
                from audit_entries
                where account_id = @account_id and position < @before
                order by position desc
                limit @limit
                """)
            .Text("account_id", account.Value)
            .Bigint("before", long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : long.MaxValue)
            .Bigint("limit", limit)
            .ListAsync(Map, ct);
        var next = rows.Count == limit ? rows[^1].Position.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<AuditEntry>([.. rows.Select(row => row.Entry)], next);
    }

    public async ValueTask<IReadOnlyList<AuditEntry>> ListBeforeAsync(AccountId account, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                """
                select position, id, at, application, kind, account_id, actor_id, subject, address, device, request_id
                from audit_entries
                where account_id = @account_id and at < @before
                order by position desc
                limit @limit
                """)
            .Text("account_id", account.Value)
            .Time("before", before)
            .Bigint("limit", limit)
            .ListAsync(Map, ct);
        return [.. rows.Select(row => row.Entry)];
    }

    public async ValueTask AnonymizeAsync(AccountId account, CancellationToken ct)
    {
        await session
            .Statement("update audit_entries set account_id = null, subject = null, address = null, device = null where account_id = @account_id")
            .Text("account_id", account.Value)
            .ExecuteAsync(ct);
        await session
            .Statement("update audit_entries set actor_id = null, address = null, device = null where actor_id = @actor_id")
            .Text("actor_id", account.Value)
            .ExecuteAsync(ct);
    }

    private static (long Position, AuditEntry Entry) Map(DbDataReader row) => (row.GetInt64(0), new AuditEntry
    {
        Id = row.GetString(1),
        At = row.Time(2),
        Application = row.GetString(3),
        Kind = row.GetString(4),
        Account = row.TextOrNull(5) is { } account ? new AccountId(account) : null,
        Actor = row.TextOrNull(6) is { } actor ? new AccountId(actor) : null,
        Subject = row.TextOrNull(7),
        Address = row.TextOrNull(8),
        Device = row.TextOrNull(9),
        RequestId = row.TextOrNull(10),
    });
}
