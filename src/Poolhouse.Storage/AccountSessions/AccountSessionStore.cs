using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Sessions;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.AccountSessions;

/// <summary>The rows of cookie sessions.</summary>
internal sealed class AccountSessionStore(DatabaseSession session) : IAccountSessionStore
{
    private const string Generation = "sessions.generation";

    private const string Columns =
        "s.key, s.account_id, s.pool_id, s.sub, s.family_id, s.device, s.address, s.locale, s.remember, s.data, s.created_at, s.last_seen_at, s.ends_at, s.expires_at, s.remote_id";

    public async ValueTask CreateAsync(AccountSession created, CancellationToken ct) => await session
        .Statement(
            """
            insert into account_sessions (
                key, account_id, pool_id, sub, family_id, remote_id, device, address, locale, remember, data, created_at, last_seen_at, ends_at, expires_at)
            values (
                @key, @account_id, @pool_id, @sub, @family_id, @remote_id, @device, @address, @locale, @remember, @data, @created_at, @last_seen_at, @ends_at, @expires_at)
            """)
        .Text("key", created.Key.Value)
        .Text("account_id", created.AccountId.Value)
        .Text("pool_id", created.PoolId.Value)
        .Text("sub", created.Sub.Value)
        .Text("family_id", created.IsRemote ? null : created.FamilyId)
        .Text("remote_id", created.IsRemote ? created.FamilyId : null)
        .Text("device", created.Device)
        .Text("address", created.Address)
        .Text("locale", created.Locale)
        .Flag("remember", created.Remember)
        .Text("data", created.Data)
        .Time("created_at", created.CreatedAt)
        .Time("last_seen_at", created.LastSeenAt)
        .Time("ends_at", created.EndsAt)
        .Time("expires_at", created.ExpiresAt)
        .ExecuteAsync(ct);

    public ValueTask<AccountSession?> FindAsync(SessionKey key, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            $"""
            select {Columns}
            from account_sessions s
            where s.key = @key and s.expires_at > @now
            """)
        .Text("key", key.Value)
        .Time("now", now)
        .FindAsync(Read, ct);

    public ValueTask<AccountSession?> FindLockedAsync(SessionKey key, DateTimeOffset now, CancellationToken ct) => session
        .Statement(
            $$"""
            select {{Columns}}
            from account_sessions s
            where s.key = @key and s.expires_at > @now
            {locked}
            """)
        .Text("key", key.Value)
        .Time("now", now)
        .FindAsync(Read, ct);

    // The end of an activity's hour stays within what the row says now: somebody may have shortened it meanwhile.
    public ValueTask<AccountSession?> TouchAsync(AccountSession seen, DateTimeOffset staleBefore, CancellationToken ct) => session
        .Statement(
            """
            update account_sessions
            set last_seen_at = @last_seen_at, device = @device, address = @address,
                expires_at = case when remember or @expires_at > ends_at then ends_at else @expires_at end
            where key = @key and last_seen_at <= @stale_before and expires_at > @last_seen_at and remember = @remember
            returning key, account_id, pool_id, sub, family_id, device, address, locale, remember, data, created_at, last_seen_at, ends_at, expires_at, remote_id
            """)
        .Time("last_seen_at", seen.LastSeenAt)
        .Text("device", seen.Device)
        .Text("address", seen.Address)
        .Time("expires_at", seen.ExpiresAt)
        .Text("key", seen.Key.Value)
        .Time("stale_before", staleBefore)
        .Flag("remember", seen.Remember)
        .FindAsync(Read, ct);

    public async ValueTask UpdateAsync(SessionKey key, AccountSession changed, CancellationToken ct) => await session
        .Statement(
            """
            update account_sessions
            set key = @key, locale = @locale, remember = @remember, data = @data, last_seen_at = @last_seen_at, ends_at = @ends_at, expires_at = @expires_at
            where key = @former_key
            """)
        .Text("key", changed.Key.Value)
        .Text("locale", changed.Locale)
        .Flag("remember", changed.Remember)
        .Text("data", changed.Data)
        .Time("last_seen_at", changed.LastSeenAt)
        .Time("ends_at", changed.EndsAt)
        .Time("expires_at", changed.ExpiresAt)
        .Text("former_key", key.Value)
        .ExecuteAsync(ct);

    public async ValueTask<IReadOnlyList<AccountSession>> ListAsync(AccountId account, int limit, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            $"""
            select {Columns}
            from account_sessions s
            left join token_families f on f.id = s.family_id and f.revoked_at is null and f.expires_at > @now
            left join users u on f.id is not null and u.pool_id = s.pool_id and u.sub = s.sub and u.is_enabled
            left join remote_sign_ins r on r.id = s.remote_id and r.revoke_due_at is null and r.expires_at > @now
            where s.account_id = @account_id and s.expires_at > @now
            and (r.id is not null or (u.sub is not null and (u.sessions_ended_at is null or u.sessions_ended_at < s.created_at)))
            order by s.last_seen_at desc, s.key
            limit @limit
            """)
        .Time("now", now)
        .Text("account_id", account.Value)
        .Bigint("limit", limit)
        .ListAsync(Read, ct);

    public ValueTask<EndedSession?> RemoveAsync(AccountId account, SessionKey key, CancellationToken ct) => session
        .Statement("delete from account_sessions where key = @key and account_id = @account_id returning key, family_id, remote_id")
        .Text("key", key.Value)
        .Text("account_id", account.Value)
        .FindAsync(ReadEnded, ct);

    public async ValueTask<IReadOnlyList<EndedSession>> RemoveAllAsync(AccountId account, SessionKey? except, CancellationToken ct) =>
        await session
            .Statement("delete from account_sessions where account_id = @account_id and key <> @except returning key, family_id, remote_id")
            .Text("account_id", account.Value)
            .Text("except", except?.Value ?? "")
            .ListAsync(ReadEnded, ct);

    // Each costs its holder a sign-in, so there are few; the bound only keeps a broken one from taking the memory.
    public async ValueTask<IReadOnlyList<SessionKey>> ListKeysAsync(AccountId account, CancellationToken ct) => await session
        .Statement("select key from account_sessions where account_id = @account_id order by key limit 10000")
        .Text("account_id", account.Value)
        .ListAsync(static row => new SessionKey(row.GetString(0)), ct);

    // By the account, for which there is an index; a user has one in each application.
    public ValueTask<DateTimeOffset?> FindNewestAsync(PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement(
            """
            select max(s.created_at)
            from accounts a
            join account_sessions s on s.account_id = a.id
            where a.pool_id = @pool_id and a.sub = @sub
            """)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(static row => row.TimeOrNull(0), ct);

    public ValueTask<string?> FindGenerationAsync(CancellationToken ct) => session
        .Statement("select value from settings where key = @key")
        .Text("key", Generation)
        .FindAsync(static row => row.GetString(0), ct);

    public ValueTask<string?> FindLockedGenerationAsync(CancellationToken ct) => session
        .Statement("select value from settings where key = @key {shared}")
        .Text("key", Generation)
        .FindAsync(static row => row.GetString(0), ct);

    public async ValueTask BeginGenerationAsync(string generation, CancellationToken ct) => await session
        .Statement(
            """
            insert into settings (key, value)
            values (@key, @value)
            on conflict (key) do update
            set value = excluded.value
            """)
        .Text("key", Generation)
        .Text("value", generation)
        .ExecuteAsync(ct);

    private static EndedSession ReadEnded(DbDataReader row) =>
        new(new SessionKey(row.GetString(0)), row.TextOrNull(1) ?? row.GetString(2), IsRemote: row.IsDBNull(1));

    private static AccountSession Read(DbDataReader row) => new()
    {
        Key = new SessionKey(row.GetString(0)),
        AccountId = new AccountId(row.GetString(1)),
        PoolId = new PoolId(row.GetString(2)),
        Sub = new Sub(row.GetString(3)),
        FamilyId = row.TextOrNull(4) ?? row.GetString(14),
        IsRemote = row.IsDBNull(4),
        Device = row.GetString(5),
        Address = row.TextOrNull(6),
        Locale = row.TextOrNull(7),
        Remember = row.GetBoolean(8),
        Data = row.GetString(9),
        CreatedAt = row.Time(10),
        LastSeenAt = row.Time(11),
        EndsAt = row.Time(12),
        ExpiresAt = row.Time(13),
    };
}
