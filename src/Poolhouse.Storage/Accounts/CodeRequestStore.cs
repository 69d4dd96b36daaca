using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Accounts;

/// <summary>Wishes for codes. A lease is nothing but a due time in the future and an owner: when it ends, the wish is due again.</summary>
internal sealed class CodeRequestStore(DatabaseSession session) : ICodeRequestStore
{
    public async ValueTask AddAsync(CodeRequest request, CancellationToken ct) => await session
        .Statement(
            """
            insert into code_requests (id, application, email, purpose, language, address, user_agent, created_at, due_at, attempts)
            values (@id, @application, @email, @purpose, @language, @address, @user_agent, @created_at, @created_at, 0)
            on conflict do nothing
            """)
        .Text("id", request.Id)
        .Text("application", request.Application)
        .Text("email", request.Email)
        .Text("purpose", EnumText.Of(request.Purpose))
        .Text("language", request.Language)
        .Text("address", request.Address)
        .Text("user_agent", request.UserAgent)
        .Time("created_at", request.CreatedAt)
        .ExecuteAsync(ct);

    public async ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct) =>
        await session.Statement("select id from code_requests where due_at <= @now order by due_at limit 1").Time("now", now).AnyAsync(ct);

    public async ValueTask<IReadOnlyList<CodeRequest>> ClaimAsync(string owner, int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                """
                with due as materialized (
                    select id
                    from code_requests
                    where due_at <= @now
                    order by due_at
                    limit @limit
                    {skip_locked}
                )
                update code_requests
                set owner = @owner, due_at = @until, attempts = attempts + 1
                where id in (select id from due)
                returning id, application, email, purpose, language, address, user_agent, created_at, attempts
                """)
            .Time("now", now)
            .Bigint("limit", limit)
            .Text("owner", owner)
            .Time("until", until)
            .ListAsync(Map, ct);
        return [.. rows.OrderBy(request => request.CreatedAt)];
    }

    public async ValueTask RemoveAsync(string id, string owner, CancellationToken ct) => await session
        .Statement("delete from code_requests where id = @id and owner = @owner")
        .Text("id", id)
        .Text("owner", owner)
        .ExecuteAsync(ct);

    public async ValueTask DeferAsync(string id, string owner, DateTimeOffset dueAt, CancellationToken ct) => await session
        .Statement("update code_requests set due_at = @due_at, owner = null where id = @id and owner = @owner")
        .Time("due_at", dueAt)
        .Text("id", id)
        .Text("owner", owner)
        .ExecuteAsync(ct);

    private static CodeRequest Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Application = row.GetString(1),
        Email = row.GetString(2),
        Purpose = EnumText.ToCodeRequestPurpose(row.GetString(3)),
        Language = row.TextOrNull(4),
        Address = row.TextOrNull(5),
        UserAgent = row.TextOrNull(6),
        CreatedAt = row.Time(7),
        Attempts = row.GetInt32(8) - 1,
    };
}
