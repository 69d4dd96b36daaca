using System.Text.Json;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class IdentityStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_pool_comes_back_as_it_was_stored()
    {
        var pool = NewIdentityPool() with
        {
            Settings = new IdentityPoolSettings
            {
                AllowsGuests = true,
                AllowsClassicFlow = false,
                LoginProviders = new Dictionary<string, string> { ["accounts.google.com"] = "a" },
                DeveloperProvider = "d",
                OpenIdProviderArns = ["arn"],
                UserPools = [new UserPoolProvider("p", "c", true)],
                Tags = new Dictionary<string, string> { ["Tag Key"] = "v" },
                Roles = new Dictionary<string, string> { ["authenticated"] = "r" },
                RoleMappings = new Dictionary<string, RoleMapping> { ["P:c"] = new("Rules", "Deny", [new RoleRule("c", "Equals", "v", "r")]) },
                PrincipalTags = new Dictionary<string, PrincipalTagMap> { ["p"] = new(false, new Dictionary<string, string> { ["T"] = "c" }) },
            },
        };

        await WriteAsync(unit => unit.IdentityPools.CreateAsync(pool, Ct));

        var found = (await ReadAsync(stores => stores.IdentityPools.FindAsync(pool.Id, Ct)))!;
        (found.Id, found.Name, found.CreatedAt, found.ModifiedAt).ShouldBe((pool.Id, pool.Name, pool.CreatedAt, pool.ModifiedAt));
        Text(found).ShouldBe(Text(pool));
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_one_wins()
    {
        var pool = await IdentityPoolAsync();

        var changed = await RaceAsync((unit, i) => unit.IdentityPools.UpdateAsync(pool with { Name = $"n{i}", ModifiedAt = Now.AddSeconds(1 + i) }, Now, Ct));

        changed.Count(isChanged => isChanged).ShouldBe(1);
    }

    [Fact]
    public async Task One_login_is_one_identitys_however_many_link_it_at_once()
    {
        var pool = await IdentityPoolAsync();
        var login = new IdentityLogin("p", "s", IsDeveloper: false);

        var linked = await RaceAsync(async (unit, _) =>
        {
            var identity = NewIdentity(pool);
            await unit.Identities.CreateAsync(identity, Ct);
            if (await unit.Identities.LinkAsync(pool.Id, identity.Id, login, Ct)) return identity.Id;
            unit.Abandon();
            return (IdentityId?)null;
        });

        var winner = linked.OfType<IdentityId>().ShouldHaveSingleItem();
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(pool.Id, "p", "s", Ct))).ShouldBe(winner);
        (await ReadAsync(stores => stores.Identities.ListAsync(pool.Id, false, 60, null, Ct))).Items.Select(i => i.Id).ShouldBe([winner]);
    }

    [Fact]
    public async Task One_unlinking_of_many_finds_the_login()
    {
        var pool = await IdentityPoolAsync();
        var identity = await IdentityAsync(pool, new IdentityLogin("p", "s", false));

        var unlinked = await RaceAsync((unit, _) => unit.Identities.UnlinkAsync(pool.Id, identity.Id, "p", "s", Ct));

        unlinked.Count(isUnlinked => isUnlinked).ShouldBe(1);
    }

    [Fact]
    public async Task An_identity_comes_back_with_its_logins_and_pools_are_apart()
    {
        var (pool, other) = (await IdentityPoolAsync(), await IdentityPoolAsync());
        var longest = new string('漢', 1024);
        IdentityLogin[] logins = [new("a", "1", false), new("d", longest, true), new("d", "x", true)];
        var identity = await IdentityAsync(pool, logins);
        var foreign = await IdentityAsync(other, new IdentityLogin("a", "1", false));

        var found = (await ReadAsync(stores => stores.Identities.FindAsync(identity.Id, Ct)))!;

        found.Logins.ShouldBe(logins, ignoreOrder: true);
        (found.PoolId, found.IsGuest, found.IsEnabled, found.CreatedAt).ShouldBe((pool.Id, false, true, Now));
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(pool.Id, "d", longest, Ct))).ShouldBe(identity.Id);
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(other.Id, "a", "1", Ct))).ShouldBe(foreign.Id);
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(other.Id, "d", "x", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_page_in_order_and_hide_what_is_disabled()
    {
        var pool = await IdentityPoolAsync();
        var identities = new List<Identity>();
        for (var i = 0; i < 5; i++) identities.Add(await IdentityAsync(pool));
        await WriteAsync(unit => unit.Identities.UpdateAsync(identities[2] with { IsEnabled = false }, Ct));

        var first = await ReadAsync(stores => stores.Identities.ListAsync(pool.Id, false, 3, null, Ct));
        var second = await ReadAsync(stores => stores.Identities.ListAsync(pool.Id, false, 3, first.Next, Ct));
        var enabled = await ReadAsync(stores => stores.Identities.ListAsync(pool.Id, true, 60, null, Ct));

        first.Items.Concat(second.Items).Select(i => i.Id.Value).ShouldBe(identities.Select(i => i.Id.Value).Order(StringComparer.Ordinal));
        second.Next.ShouldBeNull();
        enabled.Items.Count.ShouldBe(4);
        enabled.Items.ShouldNotContain(i => i.Id == identities[2].Id);
    }

    [Fact]
    public async Task Moved_logins_are_the_other_identitys_and_developers_users_page()
    {
        var pool = await IdentityPoolAsync();
        var source = await IdentityAsync(pool, new IdentityLogin("d", "b", true), new IdentityLogin("p", "1", false));
        var destination = await IdentityAsync(pool, new IdentityLogin("d", "a", true), new IdentityLogin("d", "c", true));

        await WriteAsync(unit => unit.Identities.MoveLoginsAsync(source.Id, destination.Id, Ct));

        var first = await ReadAsync(stores => stores.Identities.ListDeveloperUsersAsync(destination.Id, 2, null, Ct));
        var second = await ReadAsync(stores => stores.Identities.ListDeveloperUsersAsync(destination.Id, 2, first.Next, Ct));
        first.Items.Concat(second.Items).ShouldBe(["a", "b", "c"]);
        (await ReadAsync(stores => stores.Identities.FindAsync(source.Id, Ct)))!.Logins.ShouldBeEmpty();
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(pool.Id, "p", "1", Ct))).ShouldBe(destination.Id);
    }

    [Fact]
    public async Task A_deleted_pool_takes_identities_and_logins_along()
    {
        var pool = await IdentityPoolAsync();
        var identity = await IdentityAsync(pool, new IdentityLogin("p", "1", false));

        (await WriteAsync(unit => unit.IdentityPools.DeleteAsync(pool.Id, Ct))).ShouldBeTrue();

        (await ReadAsync(stores => stores.Identities.FindAsync(identity.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Identities.FindHolderAsync(pool.Id, "p", "1", Ct))).ShouldBeNull();
        (await WriteAsync(unit => unit.IdentityPools.DeleteAsync(pool.Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_service_has_one_key_of_a_generation()
    {
        var service = NewId();

        var added = await RaceAsync((unit, _) => unit.ServiceKeys.AddAsync(new ServiceKeyRecord(NewId(), service, 1, [1, 2], Now), Ct));
        await WriteAsync(unit => unit.ServiceKeys.AddAsync(new ServiceKeyRecord(NewId(), service, 2, [3], Now), Ct));

        added.Count(isAdded => isAdded).ShouldBe(1);
        var keys = await ReadAsync(stores => stores.ServiceKeys.ListAsync(service, Ct));
        keys.Select(k => k.Generation).ShouldBe([2, 1]);
        keys[1].SealedPrivateKey.ShouldBe([1, 2]);
        (await WriteAsync(unit => unit.ServiceKeys.RemoveReplacedAsync(service, Now.AddSeconds(-1), Ct))).ShouldBe(0);
        (await WriteAsync(unit => unit.ServiceKeys.RemoveReplacedAsync(service, Now, Ct))).ShouldBe(1);
        (await ReadAsync(stores => stores.ServiceKeys.ListAsync(service, Ct))).Select(k => k.Generation).ShouldBe([2]);
    }

    private static string Text(IdentityPool pool) => JsonSerializer.Serialize(pool.Settings, StorageJson.Default.IdentityPoolSettings);

    private static IdentityPool NewIdentityPool() => new()
    {
        Id = new IdentityPoolId("us-east-1:" + NewId()), Name = "Test", Settings = new IdentityPoolSettings(), CreatedAt = Now, ModifiedAt = Now,
    };

    private static Identity NewIdentity(IdentityPool pool) => new()
    {
        Id = new IdentityId("us-east-1:" + NewId()), PoolId = pool.Id, IsGuest = false, CreatedAt = Now, ModifiedAt = Now,
    };

    private async Task<IdentityPool> IdentityPoolAsync()
    {
        var pool = NewIdentityPool();
        (await WriteAsync(unit => unit.IdentityPools.CreateAsync(pool, Ct))).ShouldBeTrue();
        return pool;
    }

    private async Task<Identity> IdentityAsync(IdentityPool pool, params IdentityLogin[] logins)
    {
        var identity = NewIdentity(pool);
        await WriteAsync(async unit =>
        {
            await unit.Identities.CreateAsync(identity, Ct);
            foreach (var login in logins) (await unit.Identities.LinkAsync(pool.Id, identity.Id, login, Ct)).ShouldBeTrue();
        });
        return identity;
    }
}

public sealed class IdentityStoreOnSqliteTests(SqliteFixture fixture) : IdentityStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class IdentityStoreOnPostgresTests(PostgresFixture fixture) : IdentityStoreTests(fixture), IClassFixture<PostgresFixture>;
