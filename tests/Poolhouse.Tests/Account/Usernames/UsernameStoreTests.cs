using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Usernames;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Storage;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Usernames;

public abstract class UsernameStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_thousand_sign_ups_for_one_name_leave_one_account()
    {
        var random = new SystemRandom();
        var reservations = new UsernameReservations(Database, random);
        var pool = NewPool().Id;
        var application = new Application { Name = NewId(), Title = "", PoolId = pool, ClientId = new ClientId("c") };
        var name = AccountUsername.TryRead("the-one")!.Value;

        var claimed = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(async () => await WriteAsync(async unit =>
        {
            var account = new Poolhouse.Core.Accounts.Account
            {
                Id = new AccountId(NewId()),
                Application = application.Name,
                PoolId = pool,
                Sub = new Sub(NewId()),
                PoolUsername = $"user-{i}",
                Username = name.Text,
                CreatedAt = Now,
            };
            if (await unit.Accounts.CreateAsync(account, Ct) == SaveAccountOutcome.Saved
                && await reservations.ClaimAsync(unit, application, name, reservations.HashOf(null), Now, Ct)) return true;
            unit.Abandon();
            return false;
        }), Ct)));

        claimed.Count(isDone => isDone).ShouldBe(1);
        (await reservations.ReserveAsync(application, name, null, Now, Ct)).ShouldBeNull();
        (await reservations.IsAvailableAsync(application, name, Now, Ct)).ShouldBeFalse();
    }
}

public sealed class UsernamesOnSqliteTests(SqliteFixture fixture) : UsernameStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class UsernamesOnPostgresTests(PostgresFixture fixture) : UsernameStoreTests(fixture), IClassFixture<PostgresFixture>;
