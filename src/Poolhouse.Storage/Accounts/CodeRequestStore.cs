using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Messages;

namespace Poolhouse.Storage.Accounts;

/// <summary>
/// Wishes for codes. A lease is an owner and an end by the database's clock, as those of the outbox (<see cref="OutboxLeases"/>): it moves <c>due_at</c> too, for
/// programs of before step 26.
/// </summary>
internal sealed class CodeRequestStore(DatabaseSession session) : ICodeRequestStore
{
    // Each is a range of an index of its own.
    private const string IsWaiting = "due_at <= @now and (owner is null or leased_until is null)";
    private const string IsLeftBehind = "leased_until <= {clock} and owner is not null";

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
        await session.Statement($"select exists (select 1 from code_requests where {IsWaiting}) or exists (select 1 from code_requests where {IsLeftBehind})").Time("now", now).FindAsync(static row => row.GetBoolean(0), ct);

    public async ValueTask<IReadOnlyList<CodeRequest>> ClaimAsync(string owner, int limit, TimeSpan lease, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await session
            .Statement(
                $$"""
                with waiting as materialized (
                    select id, due_at from code_requests where {{IsWaiting}} order by due_at limit @limit {skip_locked}
                ), left_behind as materialized (
                    select id, due_at from code_requests where {{IsLeftBehind}} order by leased_until limit @limit {skip_locked}
                ), due as materialized (
                    select id from (select id, due_at from waiting union all select id, due_at from left_behind) either order by due_at limit @limit
                )
                update code_requests
                set owner = @owner, leased_until = {clock} + @lease, due_at = @lease_end, attempts = attempts + 1
                where id in (select id from due)
                returning id, application, email, purpose, language, address, user_agent, created_at, attempts
                """)
            .Time("now", now)
            .Bigint("limit", limit)
            .Text("owner", owner)
            .Bigint("lease", OutboxLeases.Milliseconds(lease))
            .Time("lease_end", now + lease)
            .ListAsync(Map, ct);
        return [.. rows.OrderBy(request => request.CreatedAt)];
    }

    public async ValueTask RemoveAsync(string id, string owner, CancellationToken ct) => await session
        .Statement("delete from code_requests where id = @id and owner = @owner")
        .Text("id", id)
        .Text("owner", owner)
        .ExecuteAsync(ct);

    public async ValueTask DeferAsync(string id, string owner, DateTimeOffset dueAt, CancellationToken ct) => await session
        .Statement("update code_requests set due_at = @due_at, owner = null, leased_until = null where id = @id and owner = @owner")
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
