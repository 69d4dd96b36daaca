namespace Poolhouse.Storage.Kyc;

/// <summary>Objects that no document has.</summary>
internal sealed class KycLeftovers(DatabaseSession session)
{
    public ValueTask<bool> AddAsync(string objectName, DateTimeOffset dueAt, bool isGivenUp, CancellationToken ct) => session
        .Statement(
            """
            insert into kyc_leftovers (object_name, due_at, is_given_up)
            values (@object_name, @due_at, @is_given_up)
            on conflict do nothing
            returning object_name
            """)
        .Text("object_name", objectName)
        .Time("due_at", dueAt)
        .Flag("is_given_up", isGivenUp)
        .AnyAsync(ct);

    public async ValueTask GiveUpAsync(IEnumerable<string?> objectNames, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var name in objectNames)
            if (name is not null) await AddAsync(name, now, isGivenUp: true, ct);
    }

    public ValueTask<bool> TakeOverAsync(string objectName, CancellationToken ct) => session
        .Statement("delete from kyc_leftovers where object_name = @object_name and not is_given_up returning object_name")
        .Text("object_name", objectName)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<string>> TakeAsync(int limit, DateTimeOffset retryAt, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            """
            update kyc_leftovers
            set is_given_up = true, due_at = @retry_at
            where object_name in (select object_name from kyc_leftovers where due_at <= @now order by due_at limit @limit {skip_locked})
            returning object_name
            """)
        .Time("retry_at", retryAt)
        .Time("now", now)
        .Bigint("limit", limit)
        .ListAsync(static row => row.GetString(0), ct);

    public ValueTask<bool> DeleteAsync(string objectName, CancellationToken ct) => session
        .Statement("delete from kyc_leftovers where object_name = @object_name returning object_name")
        .Text("object_name", objectName)
        .AnyAsync(ct);
}
