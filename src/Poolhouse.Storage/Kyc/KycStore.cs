using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Kyc;

/// <summary>Identity documents, what their accounts used today, and objects that no document has.</summary>
internal sealed class KycStore(DatabaseSession session) : IKycStore
{
    private const int MaxPerAccount = 1_000;
    private const long Day = 24 * 60 * 60 * 1000;

    private const string Columns =
        "id, account_id, application, kind, type, bytes, sha256, state, reason, uploaded_at, reviewed_by, reviewed_at, sealed_key, object_name, erased_at";

    private readonly KycLeftovers leftovers = new(session);

    public ValueTask<bool> UseQuotaAsync(AccountId account, long bytes, int uploadsPerDay, long bytesPerDay, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            insert into kyc_usage (account_id, day, uploads, bytes)
            values (@account_id, @day, 1, @bytes)
            on conflict (account_id, day) do update
            set uploads = kyc_usage.uploads + 1, bytes = kyc_usage.bytes + excluded.bytes
            where kyc_usage.uploads < @most_uploads and kyc_usage.bytes + excluded.bytes <= @most_bytes
            returning uploads
            """)
        .Text("account_id", account.Value)
        .Bigint("day", now.ToUnixTimeMilliseconds() / Day * Day)
        .Bigint("bytes", bytes)
        .Bigint("most_uploads", uploadsPerDay)
        .Bigint("most_bytes", bytesPerDay)
        .AnyAsync(ct);

    public ValueTask<bool> AddLeftoverAsync(string objectName, DateTimeOffset dueAt, CancellationToken ct) => leftovers.AddAsync(objectName, dueAt, isGivenUp: false, ct);

    // Whoever is second of this and TakeAsync finds the leftover gone or given up, and the caller then keeps nothing.
    public async ValueTask<bool> CreateAsync(KycDocument document, CancellationToken ct) =>
        await leftovers.TakeOverAsync(document.ObjectName!, ct) && await session
            .Statement(
                """
                insert into kyc_documents (id, account_id, application, kind, type, bytes, sha256, state, uploaded_at, sealed_key, object_name)
                select @id, a.id, @application, @kind, @type, @bytes, @sha256, 'pending', @uploaded_at, @sealed_key, @object_name
                from accounts a
                where a.id = @account_id
                {key_locked}
                returning id
                """)
            .Text("id", document.Id)
            .Text("application", document.Application)
            .Text("kind", KycWords.Of(document.Kind))
            .Text("type", document.Type.MediaType())
            .Bigint("bytes", document.Bytes)
            .Bytes("sha256", document.Sha256)
            .Time("uploaded_at", document.UploadedAt)
            .Bytes("sealed_key", document.SealedKey)
            .Text("object_name", document.ObjectName)
            .Text("account_id", document.AccountId?.Value)
            .AnyAsync(ct);

    public ValueTask<KycDocument?> FindAsync(string id, CancellationToken ct) => session
        .Statement($"select {Columns} from kyc_documents where id = @id")
        .Text("id", id)
        .FindAsync(Read, ct);

    public async ValueTask<IReadOnlyList<KycDocument>> ListAsync(AccountId account, CancellationToken ct) => await session
        .Statement(
            $"""
            select {Columns}
            from kyc_documents
            where account_id = @account_id
            order by uploaded_at desc, id desc
            limit @limit
            """)
        .Text("account_id", account.Value)
        .Bigint("limit", MaxPerAccount)
        .ListAsync(Read, ct);

    public async ValueTask<Page<KycDocument>> ListPendingAsync(string application, int limit, string? after, CancellationToken ct)
    {
        var (at, id) = Cursor(after);
        var rows = await session
            .Statement(
                $"""
                select {Columns}
                from kyc_documents
                where application = @application and state = 'pending' and account_id is not null
                and (uploaded_at, id) > (@after_at, @after_id)
                order by uploaded_at, id
                limit @limit
                """)
            .Text("application", application)
            .Bigint("after_at", at)
            .Text("after_id", id)
            .Bigint("limit", limit + 1L)
            .ListAsync(Read, ct);
        return Paging.Cut(rows, limit, static row => $"{row.UploadedAt.ToUnixTimeMilliseconds()}.{row.Id}");
    }

    public ValueTask<KycDocument?> ReviewAsync(string id, KycState decision, string? reason, AccountId reviewedBy, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            $"""
            update kyc_documents
            set state = @state, reason = @reason, reviewed_by = @reviewed_by, reviewed_at = @now
            where id = @id and state = 'pending' and account_id is not null
            returning {Columns}
            """)
        .Text("state", KycWords.Of(decision))
        .Text("reason", reason)
        .Text("reviewed_by", reviewedBy.Value)
        .Time("now", now)
        .Text("id", id)
        .FindAsync(Read, ct);

    public async ValueTask<bool> DeletePendingAsync(string id, AccountId account, DateTimeOffset now, CancellationToken ct)
    {
        var names = await session
            .Statement("delete from kyc_documents where id = @id and account_id = @account_id and state = 'pending' returning object_name")
            .Text("id", id)
            .Text("account_id", account.Value)
            .ListAsync(static row => row.TextOrNull(0), ct);
        await leftovers.GiveUpAsync(names, now, ct);
        return names.Count > 0;
    }

    public async ValueTask<int> DeleteAllAsync(AccountId account, DateTimeOffset now, CancellationToken ct)
    {
        var names = await session
            .Statement("delete from kyc_documents where account_id = @account_id returning object_name")
            .Text("account_id", account.Value)
            .ListAsync(static row => row.TextOrNull(0), ct);
        await leftovers.GiveUpAsync(names, now, ct);
        return names.Count;
    }

    public async ValueTask<int> EraseDecidedAsync(DateTimeOffset before, int limit, DateTimeOffset now, CancellationToken ct)
    {
        // The name is needed after the update took it away, and SQLite returns new values only.
        var documents = await session
            .Statement(
                """
                select id, object_name
                from kyc_documents
                where object_name is not null and reviewed_at <= @before
                order by reviewed_at
                limit @limit
                {skip_locked}
                """)
            .Time("before", before)
            .Bigint("limit", limit)
            .ListAsync(static row => (Id: row.GetString(0), Name: row.GetString(1)), ct);
        foreach (var (id, _) in documents)
        {
            await session
                .Statement("update kyc_documents set sealed_key = null, object_name = null, sha256 = null, erased_at = @now where id = @id")
                .Time("now", now)
                .Text("id", id)
                .ExecuteAsync(ct);
        }

        await leftovers.GiveUpAsync(documents.Select(document => document.Name), now, ct);
        return documents.Count;
    }

    public async ValueTask<int> DeleteAbandonedAsync(int limit, DateTimeOffset now, CancellationToken ct)
    {
        var names = await session
            .Statement(
                """
                delete from kyc_documents
                where id in (select id from kyc_documents where account_id is null order by id limit @limit {skip_locked})
                returning object_name
                """)
            .Bigint("limit", limit)
            .ListAsync(static row => row.TextOrNull(0), ct);
        await leftovers.GiveUpAsync(names, now, ct);
        return names.Count;
    }

    public ValueTask<IReadOnlyList<string>> TakeLeftoversAsync(int limit, DateTimeOffset retryAt, DateTimeOffset now, CancellationToken ct) =>
        leftovers.TakeAsync(limit, retryAt, now, ct);

    public ValueTask<bool> DeleteLeftoverAsync(string objectName, CancellationToken ct) => leftovers.DeleteAsync(objectName, ct);

    // A cursor that isn't one starts from the beginning: it selects among what the caller may see anyway.
    private static (long At, string Id) Cursor(string? after)
    {
        var parts = after?.Split('.', 2);
        return parts is [var at, var id] && long.TryParse(at, System.Globalization.CultureInfo.InvariantCulture, out var time) ? (time, id) : (0, "");
    }

    private static KycDocument Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = row.TextOrNull(1) is { } account ? new AccountId(account) : null,
        Application = row.GetString(2),
        Kind = KycWords.Kind(row.GetString(3)) ?? throw new InvalidOperationException("The database holds a kind of document that this version doesn't know."),
        Type = FileTypes.Of(row.GetString(4)),
        Bytes = row.GetInt64(5),
        Sha256 = row.BytesOrNull(6),
        State = KycWords.State(row.GetString(7)) ?? throw new InvalidOperationException("The database holds a state of a document that this version doesn't know."),
        Reason = row.TextOrNull(8),
        UploadedAt = row.Time(9),
        ReviewedBy = row.TextOrNull(10) is { } reviewer ? new AccountId(reviewer) : null,
        ReviewedAt = row.TimeOrNull(11),
        SealedKey = row.BytesOrNull(12),
        ObjectName = row.TextOrNull(13),
        ErasedAt = row.TimeOrNull(14),
    };
}
