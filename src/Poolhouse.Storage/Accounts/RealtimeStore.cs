using System.Data.Common;
using System.Text.Json;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;

namespace Poolhouse.Storage.Accounts;

/// <summary>Users of the WebSocket API and their sign-ins.</summary>
internal sealed class RealtimeStore(DatabaseSession session) : IRealtimeStore
{
    private const string Columns = "account_id, application, cog_id, email, created_at";

    private const string SignInColumns = "family_id, account_id, sealed_tokens, stored_at, expires_at";

    // A sign-in goes on as long as the pool says so: its family is neither revoked nor over, and its user is there and
    // enabled. Of a sign-in at Amazon the row is kept as long as its pool, asked by the watch, says so.
    private const string Live =
        """
        from realtime_sign_ins s
        left join token_families f on f.id = s.family_id and f.revoked_at is null and f.expires_at > @now
        left join users u on f.id is not null and u.pool_id = f.pool_id and u.sub = f.sub and u.is_enabled
        left join remote_sign_ins r on r.id = s.family_id and r.account_id = s.account_id and r.revoke_due_at is null and r.expires_at > @now
        where (u.sub is not null or r.id is not null)
        """;

    public ValueTask<RealtimeUser?> FindAsync(AccountId account, CancellationToken ct) => session
        .Statement($"select {Columns} from realtime_users where account_id = @account_id")
        .Text("account_id", account.Value)
        .FindAsync(Map, ct);

    public ValueTask<RealtimeUser?> FindByEmailAsync(string application, string email, CancellationToken ct) => session
        .Statement($"select {Columns} from realtime_users where application = @application and email = @email")
        .Text("application", application)
        .Text("email", email)
        .FindAsync(Map, ct);

    public ValueTask<bool> CreateAsync(RealtimeUser user, CancellationToken ct) => session
        .Statement(
            """
            insert into realtime_users (account_id, application, cog_id, email, created_at)
            values (@account_id, @application, @cog_id, @email, @created_at)
            on conflict do nothing
            returning account_id
            """)
        .Text("account_id", user.AccountId.Value)
        .Text("application", user.Application)
        .Text("cog_id", user.CogId)
        .Text("email", user.Email)
        .Time("created_at", user.CreatedAt)
        .AnyAsync(ct);

    public ValueTask<bool> ChangeEmailAsync(RealtimeUser user, string email, CancellationToken ct) => session
        .Statement(
            """
            update realtime_users
            set email = @email
            where account_id = @account_id and not exists (
                select 1 from realtime_users other
                where other.application = @application and other.email = @email and other.account_id <> @account_id)
            returning account_id
            """)
        .Text("email", email)
        .Text("account_id", user.AccountId.Value)
        .Text("application", user.Application)
        .AnyAsync(ct);

    public async ValueTask DeleteAsync(AccountId account, CancellationToken ct) => await session
        .Statement("delete from realtime_users where account_id = @account_id")
        .Text("account_id", account.Value)
        .ExecuteAsync(ct);

    public async ValueTask PutSignInAsync(StoredSignIn signIn, CancellationToken ct) => await session
        .Statement(
            """
            insert into realtime_sign_ins (family_id, account_id, sealed_tokens, stored_at, expires_at)
            values (@family_id, @account_id, @sealed_tokens, @stored_at, @expires_at)
            on conflict (family_id) do update
            set account_id = excluded.account_id, sealed_tokens = excluded.sealed_tokens, stored_at = excluded.stored_at, expires_at = excluded.expires_at
            """)
        .Text("family_id", signIn.FamilyId)
        .Text("account_id", signIn.AccountId.Value)
        .Bytes("sealed_tokens", signIn.SealedTokens)
        .Time("stored_at", signIn.StoredAt)
        .Time("expires_at", signIn.ExpiresAt)
        .ExecuteAsync(ct);

    public ValueTask<StoredSignIn?> FindSignInAsync(string familyId, CancellationToken ct) => session
        .Statement($"select {SignInColumns} from realtime_sign_ins where family_id = @family_id")
        .Text("family_id", familyId)
        .FindAsync(MapSignIn, ct);

    public async ValueTask<IReadOnlyList<StoredSignIn>> ListSignInsAsync(AccountId account, int limit, CancellationToken ct) => await session
        .Statement($"select {SignInColumns} from realtime_sign_ins where account_id = @account_id order by stored_at desc, family_id limit @limit")
        .Text("account_id", account.Value)
        .Bigint("limit", limit)
        .ListAsync(MapSignIn, ct);

    public ValueTask<bool> DropSignInAsync(AccountId account, string familyId, CancellationToken ct) => session
        .Statement("delete from realtime_sign_ins where family_id = @family_id and account_id = @account_id returning family_id")
        .Text("family_id", familyId)
        .Text("account_id", account.Value)
        .AnyAsync(ct);

    public async ValueTask TrimSignInsAsync(AccountId account, int keep, DateTimeOffset now, CancellationToken ct) => await session
        .Statement(
            $"""
            delete from realtime_sign_ins
            where account_id = @account_id and family_id not in (
                select s.family_id
                {Live} and s.account_id = @account_id
                order by s.stored_at desc, s.family_id
                limit @keep)
            """)
        .Text("account_id", account.Value)
        .Time("now", now)
        .Bigint("keep", keep)
        .ExecuteAsync(ct);

    public ValueTask<bool> IsLoggedInAsync(AccountId account, DateTimeOffset now, CancellationToken ct) => session
        .Statement($"select 1 {Live} and s.account_id = @account_id limit 1")
        .Time("now", now)
        .Text("account_id", account.Value)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<string>> ListLiveAsync(IReadOnlyCollection<string> familyIds, DateTimeOffset now, CancellationToken ct) => await session
        .Statement($$"""select s.family_id {{Live}} and s.family_id in ({listed})""")
        .Time("now", now)
        .Text("listed", JsonSerializer.Serialize([.. familyIds], StorageJson.Default.ListString))
        .ListAsync(static row => row.GetString(0), ct);

    private static RealtimeUser Map(DbDataReader row) =>
        new(new AccountId(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.Time(4));

    private static StoredSignIn MapSignIn(DbDataReader row) =>
        new(row.GetString(0), new AccountId(row.GetString(1)), row.Bytes(2), row.Time(3), row.Time(4));
}
