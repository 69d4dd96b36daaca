using System.Data.Common;
using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Remote;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Remote;

/// <summary>The rows of sign-ins at other pools. What ends one is the id in <c>spent</c>, which tokens are looked up by, and the time at which the pool is told.</summary>
internal sealed class RemoteSignInStore(DatabaseSession session) : IRemoteSignInStore
{
    private const string Columns =
        """
        id, account_id, application, pool_id, sub, client_id, sealed_tokens, can_refresh, access_expires_at, expires_at, checked_at, version, attempts,
        revoke_due_at is not null
        """;

    // As AmazonSignOuts names them.
    private const string SpentId = "'amazon-sign-in/' || pool_id || '/' || id";

    // Longer than any token that was made while it lived.
    private const long SpentFor = 86_400_000;

    public ValueTask<bool> PutAsync(RemoteSignIn signIn, CancellationToken ct) => session
        .Statement(
            """
            insert into remote_sign_ins (
                id, account_id, application, pool_id, sub, client_id, sealed_tokens, can_refresh, access_expires_at, expires_at, checked_at, version, claimed_until, attempts)
            select
                @id, @account_id, @application, @pool_id, @sub, @client_id, @sealed_tokens, @can_refresh, @access_expires_at, @expires_at, @checked_at, 1, 0, 0
            where not exists (select 1 from spent where id = @spent_id)
            on conflict (id) do update
            set sealed_tokens = case when remote_sign_ins.can_refresh and not excluded.can_refresh then remote_sign_ins.sealed_tokens else excluded.sealed_tokens end,
                client_id = case when remote_sign_ins.can_refresh and not excluded.can_refresh then remote_sign_ins.client_id else excluded.client_id end,
                access_expires_at = case
                    when remote_sign_ins.can_refresh and not excluded.can_refresh then remote_sign_ins.access_expires_at else excluded.access_expires_at end,
                can_refresh = remote_sign_ins.can_refresh or excluded.can_refresh,
                expires_at = case when remote_sign_ins.expires_at > excluded.expires_at then remote_sign_ins.expires_at else excluded.expires_at end,
                version = remote_sign_ins.version + 1
            where remote_sign_ins.account_id = excluded.account_id and remote_sign_ins.revoke_due_at is null
            returning id
            """)
        .Text("id", signIn.Id)
        .Text("account_id", signIn.AccountId.Value)
        .Text("application", signIn.Application)
        .Text("pool_id", signIn.PoolId.Value)
        .Text("sub", signIn.Sub.Value)
        .Text("client_id", signIn.ClientId.Value)
        .Bytes("sealed_tokens", signIn.SealedTokens)
        .Flag("can_refresh", signIn.CanRefresh)
        .Time("access_expires_at", signIn.AccessExpiresAt)
        .Time("expires_at", signIn.ExpiresAt)
        .Time("checked_at", signIn.CheckedAt)
        .Text("spent_id", $"amazon-sign-in/{signIn.PoolId}/{signIn.Id}")
        .AnyAsync(ct);

    public ValueTask<RemoteSignIn?> FindAsync(string id, CancellationToken ct) => session
        .Statement($"select {Columns} from remote_sign_ins where id = @id")
        .Text("id", id)
        .FindAsync(Map, ct);

    public ValueTask<bool> ClaimRefreshAsync(string id, long version, DateTimeOffset until, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            """
            update remote_sign_ins
            set claimed_until = @until
            where id = @id and version = @version and claimed_until <= @now and revoke_due_at is null
            returning id
            """)
        .Text("id", id)
        .Bigint("version", version)
        .Time("until", until)
        .Time("now", now)
        .AnyAsync(ct);

    public async ValueTask ReleaseAsync(string id, long version, CancellationToken ct) => await session
        .Statement("update remote_sign_ins set claimed_until = 0 where id = @id and version = @version")
        .Text("id", id)
        .Bigint("version", version)
        .ExecuteAsync(ct);

    public ValueTask<bool> RefreshAsync(RemoteSignIn refreshed, CancellationToken ct) => session
        .Statement(
            """
            update remote_sign_ins
            set sealed_tokens = @sealed_tokens, access_expires_at = @access_expires_at, version = version + 1, claimed_until = 0
            where id = @id and version = @version
            returning id
            """)
        .Bytes("sealed_tokens", refreshed.SealedTokens)
        .Time("access_expires_at", refreshed.AccessExpiresAt)
        .Text("id", refreshed.Id)
        .Bigint("version", refreshed.Version)
        .AnyAsync(ct);

    public async ValueTask EndAsync(string id, DateTimeOffset now, CancellationToken ct)
    {
        await session
            .Statement($"insert into spent (id, expires_at) select {SpentId}, expires_at + @spent_for from remote_sign_ins where id = @id on conflict do nothing")
            .Bigint("spent_for", SpentFor)
            .Text("id", id)
            .ExecuteAsync(ct);
        await session
            .Statement("update remote_sign_ins set revoke_due_at = @now where id = @id and revoke_due_at is null")
            .Time("now", now)
            .Text("id", id)
            .ExecuteAsync(ct);
    }

    public async ValueTask EndOfUserAsync(PoolId pool, Sub sub, CancellationToken ct)
    {
        await session
            .Statement(
                $"insert into spent (id, expires_at) select {SpentId}, expires_at + @spent_for from remote_sign_ins where pool_id = @pool_id and sub = @sub on conflict do nothing")
            .Bigint("spent_for", SpentFor)
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .ExecuteAsync(ct);
        await session
            .Statement("delete from remote_sign_ins where pool_id = @pool_id and sub = @sub")
            .Text("pool_id", pool.Value)
            .Text("sub", sub.Value)
            .ExecuteAsync(ct);
    }

    public async ValueTask RemoveAsync(string id, CancellationToken ct) =>
        await session.Statement("delete from remote_sign_ins where id = @id").Text("id", id).ExecuteAsync(ct);

    public async ValueTask RemoveUnusedAsync(string id, AccountId account, CancellationToken ct) => await session
        .Statement(
            """
            delete from remote_sign_ins
            where id = @id and account_id = @account_id and revoke_due_at is null and not exists (select 1 from account_sessions s where s.remote_id = @id)
            """)
        .Text("id", id)
        .Text("account_id", account.Value)
        .ExecuteAsync(ct);

    public ValueTask<bool> IsAnyDueAsync(DateTimeOffset now, CancellationToken ct) => session
        .Statement("select 1 from remote_sign_ins where revoke_due_at <= @now limit 1")
        .Time("now", now)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<RemoteSignIn>> ClaimEndedAsync(int limit, DateTimeOffset until, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            $$"""
            with due as materialized (
                select id from remote_sign_ins where revoke_due_at <= @now order by revoke_due_at limit @limit {skip_locked}
            )
            update remote_sign_ins
            set revoke_due_at = @until, attempts = attempts + 1
            where id in (select id from due)
            returning {{Columns}}
            """)
        .Time("now", now)
        .Bigint("limit", limit)
        .Time("until", until)
        .ListAsync(Map, ct);

    public async ValueTask DeferAsync(string id, DateTimeOffset dueAt, CancellationToken ct) => await session
        .Statement("update remote_sign_ins set revoke_due_at = @due_at where id = @id and revoke_due_at is not null")
        .Time("due_at", dueAt)
        .Text("id", id)
        .ExecuteAsync(ct);

    public ValueTask<bool> IsAnyStaleAsync(IReadOnlyCollection<string> ids, DateTimeOffset staleBefore, CancellationToken ct) => session
        .Statement("select 1 from remote_sign_ins where id in ({listed}) and checked_at <= @stale_before and revoke_due_at is null limit 1")
        .Text("listed", Listed(ids))
        .Time("stale_before", staleBefore)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<RemoteSignIn>> ClaimChecksAsync(
        IReadOnlyCollection<string> ids, DateTimeOffset staleBefore, int limit, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            $$"""
            with stale as materialized (
                select id
                from remote_sign_ins
                where id in ({listed}) and checked_at <= @stale_before and revoke_due_at is null
                order by checked_at
                limit @limit
                {skip_locked}
            )
            update remote_sign_ins
            set checked_at = @now
            where id in (select id from stale)
            returning {{Columns}}
            """)
        .Text("listed", Listed(ids))
        .Time("stale_before", staleBefore)
        .Bigint("limit", limit)
        .Time("now", now)
        .ListAsync(Map, ct);

    private static string Listed(IReadOnlyCollection<string> ids) => JsonSerializer.Serialize([.. ids], StorageJson.Default.ListString);

    private static RemoteSignIn Map(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        AccountId = new AccountId(row.GetString(1)),
        Application = row.GetString(2),
        PoolId = new PoolId(row.GetString(3)),
        Sub = new Sub(row.GetString(4)),
        ClientId = new ClientId(row.GetString(5)),
        SealedTokens = row.Bytes(6),
        CanRefresh = row.GetBoolean(7),
        AccessExpiresAt = row.Time(8),
        ExpiresAt = row.Time(9),
        CheckedAt = row.Time(10),
        Version = row.GetInt64(11),
        Attempts = row.GetInt64(12),
        HasEnded = row.GetBoolean(13),
    };
}
