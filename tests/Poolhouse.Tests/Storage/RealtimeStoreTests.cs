using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;
using LocalAccount = Poolhouse.Core.Accounts.Account;

namespace Poolhouse.Tests.Storage;

public abstract class RealtimeStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private readonly string application = NewId();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_64_accounts_one_gets_an_address_or_a_cogId(bool sameEmail)
    {
        var accounts = await AccountsAsync(Racers);

        var made = await RaceAsync((unit, i) => unit.Realtime.CreateAsync(
            new RealtimeUser(accounts[i].Id, application, sameEmail ? $"c{i}" : "c", sameEmail ? "a@example.com" : $"{i}@example.com", Now), Ct));

        made.Count(isMade => isMade).ShouldBe(1);
    }

    [Fact]
    public async Task Of_64_users_who_change_to_one_address_one_gets_it()
    {
        var accounts = await AccountsAsync(Racers);
        var users = accounts.Select((account, i) => new RealtimeUser(account.Id, application, $"c{i}", $"{i}@example.com", Now)).ToList();
        foreach (var user in users) (await WriteAsync(unit => unit.Realtime.CreateAsync(user, Ct))).ShouldBeTrue();

        var changed = await RaceAsync((unit, i) => unit.Realtime.ChangeEmailAsync(users[i], "new@example.com", Ct));

        changed.Count(isChanged => isChanged).ShouldBe(1);
    }

    [Fact]
    public async Task A_sign_in_goes_on_until_it_is_revoked_over_or_its_user_disabled()
    {
        var (user, account, client) = await PersonAsync();
        var families = new List<TokenFamily>();
        for (var i = 0; i < 3; i++) families.Add(await FamilyAsync(user, client));
        foreach (var family in families) await StoreAsync(account, family);
        var ids = families.Select(f => f.Id).Append("unknown").ToList();

        var all = await ReadAsync(stores => stores.Realtime.ListLiveAsync(ids, Now, Ct));
        await WriteAsync(unit => unit.Families.RevokeAsync(families[0].Id, Now, Ct));
        var afterRevocation = await ReadAsync(stores => stores.Realtime.ListLiveAsync(ids, Now, Ct));
        var afterTheEnd = await ReadAsync(stores => stores.Realtime.ListLiveAsync(ids, Now.AddDays(30), Ct));
        await WriteAsync(unit => unit.Realtime.DropSignInAsync(account.Id, families[1].Id, Ct));
        var afterLogout = await ReadAsync(stores => stores.Realtime.ListLiveAsync(ids, Now, Ct));
        var isLoggedIn = await ReadAsync(stores => stores.Realtime.IsLoggedInAsync(account.Id, Now, Ct));
        await WriteAsync(unit => unit.Users.UpdateAsync(user with { IsEnabled = false }, [], Ct));
        var isLoggedInDisabled = await ReadAsync(stores => stores.Realtime.IsLoggedInAsync(account.Id, Now, Ct));

        all.ShouldBe(families.Select(f => f.Id), ignoreOrder: true);
        afterRevocation.ShouldBe([families[1].Id, families[2].Id], ignoreOrder: true);
        afterTheEnd.ShouldBeEmpty();
        afterLogout.ShouldBe([families[2].Id]);
        isLoggedIn.ShouldBeTrue();
        isLoggedInDisabled.ShouldBeFalse();
        (await WriteAsync(unit => unit.Realtime.DropSignInAsync(new AccountId("another"), families[2].Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task Trimming_keeps_the_newest_that_go_on_and_an_account_takes_its_own_along()
    {
        var (user, account, client) = await PersonAsync();
        var families = new List<TokenFamily>();
        for (var i = 0; i < 4; i++)
        {
            families.Add(await FamilyAsync(user, client));
            await StoreAsync(account, families[i], Now.AddSeconds(i));
        }

        await WriteAsync(unit => unit.Families.RevokeAsync(families[3].Id, Now, Ct));
        await WriteAsync(unit => unit.Realtime.TrimSignInsAsync(account.Id, 2, Now, Ct));
        var kept = await ReadAsync(stores => stores.Realtime.ListSignInsAsync(account.Id, 100, Ct));
        await WriteAsync(unit => unit.Accounts.DeleteOfUserAsync(account.PoolId, account.Sub, Ct));
        var left = await ReadAsync(stores => stores.Realtime.ListSignInsAsync(account.Id, 100, Ct));

        kept.Select(s => s.FamilyId).ShouldBe([families[2].Id, families[1].Id]);
        left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Group_B_An_address_that_two_users_have_is_the_firsts_until_they_lose_it()
    {
        var rules = new RealtimeUsers(Database, new RealtimeTokens(TestSealer.Instance), new ProviderNames(new Issuer(new Uri("http://localhost"))));
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var (ann, annsAccount) = await UserOfAsync(pool, "ann");
        var (bob, bobsAccount) = await UserOfAsync(pool, "bob");
        async Task<RealtimeOutcome> SignUp(User user, LocalAccount account)
        {
            var family = await FamilyAsync(user, client);
            var told = new ToldSignIn(account with { Email = "one@example.com" }, family.Id, family.ExpiresAt, new ToldTokens("a", "i", "r"));
            return (await rules.SignUpAsync(told, user.Sub.Value, null, Now, Ct)).Outcome;
        }

        var first = await SignUp(ann, annsAccount);
        var second = await SignUp(bob, bobsAccount);
        await WriteAsync(unit => unit.Users.UpdateAsync(ann with { Attributes = new Dictionary<string, string> { ["email"] = "two@example.com" } }, [], Ct));
        var third = await SignUp(bob, bobsAccount);

        first.ShouldBe(RealtimeOutcome.Stored);
        second.ShouldBe(RealtimeOutcome.IdentityTaken);
        third.ShouldBe(RealtimeOutcome.Stored);
    }

    private async Task<(User User, LocalAccount Account)> UserOfAsync(UserPool pool, string name)
    {
        var user = await UserAsync(pool, name, ("email", "one@example.com"), ("email_verified", "true"));
        return (user, await AccountAsync(user));
    }

    private async Task<(User User, LocalAccount Account, AppClient Client)> PersonAsync()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "ann");
        return (user, await AccountAsync(user), await ClientAsync(pool));
    }

    private async Task<LocalAccount> AccountAsync(User user)
    {
        var account = new LocalAccount
        {
            Id = new AccountId(NewId()), Application = application, PoolId = user.PoolId, Sub = user.Sub, PoolUsername = user.Username, CreatedAt = Now,
        };
        (await WriteAsync(unit => unit.Accounts.CreateAsync(account, Ct))).ShouldBe(SaveAccountOutcome.Saved);
        return account;
    }

    private async Task<List<LocalAccount>> AccountsAsync(int count)
    {
        var pool = await PoolAsync();
        var accounts = new List<LocalAccount>();
        for (var i = 0; i < count; i++) accounts.Add(await AccountAsync(NewUser(pool, $"u{i}")));
        return accounts;
    }

    private ValueTask<bool> StoreAsync(LocalAccount account, TokenFamily family, DateTimeOffset? at = null) =>
        WriteAsync(unit => unit.Realtime.PutSignInAsync(new StoredSignIn(family.Id, account.Id, [1, 2], at ?? Now, family.ExpiresAt), Ct));
}

public sealed class RealtimeStoreOnSqliteTests(SqliteFixture fixture) : RealtimeStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class RealtimeStoreOnPostgresTests(PostgresFixture fixture) : RealtimeStoreTests(fixture), IClassFixture<PostgresFixture>;
