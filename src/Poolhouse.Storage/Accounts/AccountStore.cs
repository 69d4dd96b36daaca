using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.Accounts;

/// <summary>Accounts.</summary>
internal sealed class AccountStore(DatabaseSession session) : IAccountStore
{
    private const string Columns = "id, application, pool_id, sub, pool_username, email, username, locale, created_at, confirmed_at";

    public ValueTask<Account?> FindAsync(AccountId id, CancellationToken ct) =>
        session.Statement($"select {Columns} from accounts where id = @id").Text("id", id.Value).FindAsync(Map, ct);

    public ValueTask<Account?> FindByUserAsync(string application, PoolId pool, Sub sub, CancellationToken ct) => session
        .Statement($"select {Columns} from accounts where application = @application and pool_id = @pool_id and sub = @sub")
        .Text("application", application)
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .FindAsync(Map, ct);

    public ValueTask<Account?> FindByEmailAsync(string application, string email, CancellationToken ct) => session
        .Statement($"select {Columns} from accounts where application = @application and email = @email")
        .Text("application", application)
        .Text("email", email)
        .FindAsync(Map, ct);

    public ValueTask<Account?> FindByUsernameAsync(string application, string key, CancellationToken ct) => session
        .Statement($"select {Columns} from accounts where application = @application and username_key = @username_key")
        .Text("application", application)
        .Text("username_key", key)
        .FindAsync(Map, ct);

    public async ValueTask<SaveAccountOutcome> CreateAsync(Account account, CancellationToken ct)
    {
        await ReleaseEmailAsync(account, ct);
        var isStored = await session
            .Statement(
                """
                insert into accounts (id, application, pool_id, sub, pool_username, email, username, username_key, locale, created_at, confirmed_at)
                values (@id, @application, @pool_id, @sub, @pool_username, @email, @username, @username_key, @locale, @created_at, @confirmed_at)
                on conflict do nothing
                returning id
                """)
            .Text("id", account.Id.Value)
            .Text("application", account.Application)
            .Text("pool_id", account.PoolId.Value)
            .Text("sub", account.Sub.Value)
            .Text("pool_username", account.PoolUsername)
            .Text("email", account.Email)
            .Text("username", account.Username)
            .Text("username_key", AccountUsername.TryRead(account.Username)?.Key)
            .Text("locale", account.Locale)
            .Time("created_at", account.CreatedAt)
            .Time("confirmed_at", account.ConfirmedAt)
            .AnyAsync(ct);
        if (isStored) return SaveAccountOutcome.Saved;
        return await FindByUserAsync(account.Application, account.PoolId, account.Sub, ct) is null ? SaveAccountOutcome.UsernameTaken : SaveAccountOutcome.Exists;
    }

    public async ValueTask UpdateAsync(Account account, CancellationToken ct)
    {
        await ReleaseEmailAsync(account, ct);
        await session
            .Statement(
                """
                update accounts
                set pool_username = @pool_username, email = @email, locale = @locale, confirmed_at = @confirmed_at
                where id = @id
                """)
            .Text("pool_username", account.PoolUsername)
            .Text("email", account.Email)
            .Text("locale", account.Locale)
            .Time("confirmed_at", account.ConfirmedAt)
            .Text("id", account.Id.Value)
            .ExecuteAsync(ct);
    }

    public ValueTask<bool> RenameAsync(AccountId id, AccountUsername? username, CancellationToken ct) => session
        .Statement(
            """
            update accounts
            set username = @username, username_key = @username_key
            where id = @id and not exists (
                select 1 from accounts other
                where other.application = accounts.application and other.username_key = @username_key and other.id <> accounts.id)
            returning id
            """)
        .Text("username", username?.Text)
        .Text("username_key", username?.Key)
        .Text("id", id.Value)
        .AnyAsync(ct);

    public async ValueTask<IReadOnlyList<Account>> ListOfUserAsync(PoolId pool, Sub sub, CancellationToken ct) => await session
        .Statement($"select {Columns} from accounts where pool_id = @pool_id and sub = @sub order by application limit 1000")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .ListAsync(Map, ct);

    public async ValueTask DeleteOfUserAsync(PoolId pool, Sub sub, CancellationToken ct) => await session
        .Statement("delete from accounts where pool_id = @pool_id and sub = @sub")
        .Text("pool_id", pool.Value)
        .Text("sub", sub.Value)
        .ExecuteAsync(ct);

    // The pool has one holder of a verified address; who has it here and isn't that holder has lost it there.
    private async ValueTask ReleaseEmailAsync(Account account, CancellationToken ct)
    {
        if (account.Email is null) return;
        await session
            .Statement("update accounts set email = null where application = @application and email = @email and id <> @id")
            .Text("application", account.Application)
            .Text("email", account.Email)
            .Text("id", account.Id.Value)
            .ExecuteAsync(ct);
    }

    private static Account Map(DbDataReader row) => new()
    {
        Id = new AccountId(row.GetString(0)),
        Application = row.GetString(1),
        PoolId = new PoolId(row.GetString(2)),
        Sub = new Sub(row.GetString(3)),
        PoolUsername = row.GetString(4),
        Email = row.TextOrNull(5),
        Username = row.TextOrNull(6),
        Locale = row.TextOrNull(7),
        CreatedAt = row.Time(8),
        ConfirmedAt = row.TimeOrNull(9),
    };
}
