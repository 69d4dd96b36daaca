using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Links;
using Poolhouse.Core.Codes;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Links;

/// <summary>Links of accounts between applications.</summary>
internal sealed class LinkStore(DatabaseSession session) : ILinkStore
{
    // More applications than anybody has.
    private const int Most = 1000;

    public async ValueTask RequestAsync(LinkRequest request, CancellationToken ct) => await session
        .Statement(
            """
            insert into link_requests (account_id, application, id, email, pool_username, sub, hash, tries, expires_at, spent_at)
            values (@account_id, @application, @id, @email, @pool_username, @sub, @hash, 0, @expires_at, null)
            on conflict (account_id, application) do update
            set id = excluded.id, email = excluded.email, pool_username = excluded.pool_username, sub = excluded.sub, hash = excluded.hash,
                tries = 0, expires_at = excluded.expires_at, spent_at = null
            """)
        .Text("account_id", request.Account.Value)
        .Text("application", request.Application)
        .Text("id", request.Id)
        .Text("email", request.Email)
        .Text("pool_username", request.PoolUsername)
        .Text("sub", request.Sub?.Value)
        .Bytes("hash", request.Hash)
        .Time("expires_at", request.ExpiresAt)
        .ExecuteAsync(ct);

    // Comparing hashes in SQL tells nothing by its time: they are keyed, so nobody outside can choose their first bytes.
    public async ValueTask<(CodeOutcome Outcome, LinkRequest? Request)> TryAsync(
        string id, AccountId account, byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        var (isTried, request) = await session
            .Statement(
                """
                update link_requests
                set tries = tries + 1, spent_at = case when hash = @hash and sub is not null then @now end
                where id = @id and account_id = @account_id and spent_at is null and expires_at > @now and tries < @most_tries
                returning spent_at, application, email, pool_username, sub, expires_at
                """)
            .Bytes("hash", hash)
            .Time("now", now)
            .Text("id", id)
            .Text("account_id", account.Value)
            .Bigint("most_tries", LinkRequest.MostTries)
            .FindAsync(
                row => (true, row.IsDBNull(0) ? null : new LinkRequest
                {
                    Id = id,
                    Account = account,
                    Application = row.GetString(1),
                    Email = row.GetString(2),
                    PoolUsername = row.GetString(3),
                    Sub = new Sub(row.GetString(4)),
                    Hash = hash,
                    ExpiresAt = row.Time(5),
                }),
                ct);
        return request is not null ? (CodeOutcome.Consumed, request) : (isTried ? CodeOutcome.Mismatch : CodeOutcome.Expired, null);
    }

    public async ValueTask<(LinkOutcome Outcome, string Id)> LinkAsync(string id, Account one, Account other, DateTimeOffset now, CancellationToken ct)
    {
        // In one order whoever asks, so that two who link each other wait for one row and not for each other's.
        var (first, second) = string.CompareOrdinal(one.Id.Value, other.Id.Value) < 0 ? (one, other) : (other, one);
        if (!await InsertAsync(id, first, second, now, ct))
            return await FindAsync(first, second, ct) is { } known ? (LinkOutcome.Existed, known) : (LinkOutcome.Taken, id);
        return await InsertAsync(id, second, first, now, ct) ? (LinkOutcome.Linked, id) : (LinkOutcome.Taken, id);
    }

    public async ValueTask<IReadOnlyList<AccountLink>> ListAsync(AccountId account, CancellationToken ct) => await session
        .Statement(
            """
            select l.link_id, l.created_at, a.id, a.application, a.pool_id, a.sub, a.pool_username, a.email, a.username, a.locale, a.created_at, a.confirmed_at
            from account_links l
            join accounts a on a.id = l.other_id
            where l.account_id = @account_id
            order by l.application
            limit @limit
            """)
        .Text("account_id", account.Value)
        .Bigint("limit", Most)
        .ListAsync(
            static row => new AccountLink(
                row.GetString(0),
                new Account
                {
                    Id = new AccountId(row.GetString(2)),
                    Application = row.GetString(3),
                    PoolId = new PoolId(row.GetString(4)),
                    Sub = new Sub(row.GetString(5)),
                    PoolUsername = row.GetString(6),
                    Email = row.TextOrNull(7),
                    Username = row.TextOrNull(8),
                    Locale = row.TextOrNull(9),
                    CreatedAt = row.Time(10),
                    ConfirmedAt = row.TimeOrNull(11),
                },
                row.Time(1)),
            ct);

    public ValueTask<bool> UnlinkAsync(string id, AccountId account, CancellationToken ct) => session
        .Statement(
            """
            delete from account_links
            where link_id = @link_id and exists (
                select 1 from account_links own where own.link_id = @link_id and own.account_id = @account_id)
            returning link_id
            """)
        .Text("link_id", id)
        .Text("account_id", account.Value)
        .AnyAsync(ct);

    private ValueTask<bool> InsertAsync(string id, Account account, Account other, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            insert into account_links (account_id, application, other_id, link_id, created_at)
            values (@account_id, @application, @other_id, @link_id, @created_at)
            on conflict do nothing
            returning link_id
            """)
        .Text("account_id", account.Id.Value)
        .Text("application", other.Application)
        .Text("other_id", other.Id.Value)
        .Text("link_id", id)
        .Time("created_at", now)
        .AnyAsync(ct);

    private ValueTask<string?> FindAsync(Account account, Account other, CancellationToken ct) => session
        .Statement("select link_id from account_links where account_id = @account_id and application = @application and other_id = @other_id")
        .Text("account_id", account.Id.Value)
        .Text("application", other.Application)
        .Text("other_id", other.Id.Value)
        .FindAsync(static row => row.GetString(0), ct);
}
