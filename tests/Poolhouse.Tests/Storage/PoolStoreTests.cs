using System.Text.Json;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Storage.Json;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class PoolStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_pool_comes_back_as_it_was_stored()
    {
        var pool = NewPool() with
        {
            UsernameAttributes = ["email"],
            AliasAttributes = ["preferred_username"],
            IsCaseSensitive = true,
            Schema = [new AttributeDefinition { Name = "custom:age", Type = AttributeDataType.Number, IsMutable = false, Maximum = "150" }],
            Settings = new PoolSettings
            {
                Passwords = new PasswordRules { MinimumLength = 12, RequireSymbols = false, HistorySize = 3 },
                AccountRecovery = [new RecoveryMechanism("verified_email", 1)],
                Sender = new MailSender("a@example.com", null),
                Tags = new Dictionary<string, string> { ["CostCentre"] = "ümlaut" },
            },
        };

        await WriteAsync(unit => unit.Pools.CreateAsync(pool, Ct));

        var found = (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct)))!;
        JsonSerializer.Serialize(found.Settings, StorageJson.Default.PoolSettings)
            .ShouldBe(JsonSerializer.Serialize(pool.Settings, StorageJson.Default.PoolSettings));
        found.Schema.ShouldBe(pool.Schema);
        found.UsernameAttributes.ShouldBe(pool.UsernameAttributes);
        found.AliasAttributes.ShouldBe(pool.AliasAttributes);
        (found.Id, found.Name, found.CreatedAt, found.ModifiedAt, found.IsCaseSensitive)
            .ShouldBe((pool.Id, pool.Name, pool.CreatedAt, pool.ModifiedAt, true));
    }

    [Fact]
    public async Task One_id_belongs_to_one_pool()
    {
        var pool = NewPool();

        var created = await RaceAsync((unit, _) => unit.Pools.CreateAsync(pool, Ct));

        created.Count(isCreated => isCreated).ShouldBe(1);
    }

    [Fact]
    public async Task An_update_from_an_older_reading_loses()
    {
        var pool = await PoolAsync();
        var renamed = pool with { Name = "renamed", ModifiedAt = Now.AddSeconds(1) };

        var first = await WriteAsync(unit => unit.Pools.UpdateAsync(renamed, pool.ModifiedAt, Ct));
        var second = await WriteAsync(unit => unit.Pools.UpdateAsync(renamed, pool.ModifiedAt, Ct));

        (first, second).ShouldBe((true, false));
        (await ReadAsync(stores => stores.Pools.FindAsync(pool.Id, Ct)))!.Name.ShouldBe("renamed");
    }

    [Fact]
    public async Task A_deleted_pool_takes_everything_along()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var user = await UserAsync(pool, "bob", ("email", "bob@example.com"));
        var family = await FamilyAsync(user, client);

        (await WriteAsync(unit => unit.Pools.DeleteAsync(pool.Id, Ct))).ShouldBeTrue();

        (await WriteAsync(unit => unit.Pools.DeleteAsync(pool.Id, Ct))).ShouldBeFalse();
        (await ReadAsync(stores => stores.Clients.FindAsync(client.Id, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.Families.FindAsync(family.Id, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Pages_of_pools_hold_each_once_in_order_of_id()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await PoolAsync()).Id.Value);

        var listed = new List<string>();
        string? after = null;
        do
        {
            var page = await ReadAsync(stores => stores.Pools.ListAsync(2, after, Ct));
            page.Items.Count.ShouldBeLessThanOrEqualTo(2);
            listed.AddRange(page.Items.Select(pool => pool.Id.Value));
            after = page.Next;
        }
        while (after is not null);

        listed.ShouldBe(listed.Order(StringComparer.Ordinal));
        listed.ShouldBeUnique();
        ids.ShouldBeSubsetOf(listed);
    }

    [Fact]
    public async Task A_client_comes_back_with_its_secrets()
    {
        var pool = await PoolAsync();
        var client = NewClient(pool) with
        {
            Secrets = [new ClientSecret("1", new Secret("s3cret"), Now), new ClientSecret("2", new Secret("other"), Now.AddDays(1))],
            Settings = new ClientSettings
            {
                ExplicitAuthFlows = ["ALLOW_USER_SRP_AUTH"],
                AccessTokenValidity = 5,
                Units = new ValidityUnits { AccessToken = "minutes" },
                EnableTokenRevocation = false,
                Rotation = new RefreshRotation(true, 10),
            },
        };

        await WriteAsync(unit => unit.Clients.CreateAsync(client, Ct));

        var found = (await ReadAsync(stores => stores.Clients.FindAsync(client.Id, Ct)))!;
        found.Secrets.Select(s => (s.Id, s.Value.Reveal(), s.CreatedAt)).ShouldBe([("1", "s3cret", Now), ("2", "other", Now.AddDays(1))]);
        JsonSerializer.Serialize(found.Settings, StorageJson.Default.ClientSettings)
            .ShouldBe(JsonSerializer.Serialize(client.Settings, StorageJson.Default.ClientSettings));
        (found.Id, found.PoolId, found.Name, found.CreatedAt, found.ModifiedAt)
            .ShouldBe((client.Id, client.PoolId, client.Name, client.CreatedAt, client.ModifiedAt));
    }

    [Fact]
    public async Task A_client_is_updated_once_per_reading_and_deleted_once()
    {
        var client = await ClientAsync(await PoolAsync());
        var renamed = client with { Name = "renamed", Secrets = [new ClientSecret("1", new Secret("x"), Now)], ModifiedAt = Now.AddSeconds(1) };

        (await WriteAsync(unit => unit.Clients.UpdateAsync(renamed, Now, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Clients.UpdateAsync(renamed, Now, Ct))).ShouldBeFalse();

        (await ReadAsync(stores => stores.Clients.FindAsync(client.Id, Ct)))!.Secrets[0].Value.Reveal().ShouldBe("x");
        (await WriteAsync(unit => unit.Clients.DeleteAsync(client.Id, Ct))).ShouldBeTrue();
        (await WriteAsync(unit => unit.Clients.DeleteAsync(client.Id, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task Clients_are_listed_by_pool()
    {
        var pool = await PoolAsync();
        await ClientAsync(await PoolAsync());
        for (var i = 0; i < 3; i++) await ClientAsync(pool);

        var first = await ReadAsync(stores => stores.Clients.ListAsync(pool.Id, 2, null, Ct));
        var second = await ReadAsync(stores => stores.Clients.ListAsync(pool.Id, 2, first.Next, Ct));
        var all = await ReadAsync(stores => stores.Clients.ListAllAsync(pool.Id, Ct));

        first.Items.Concat(second.Items).Select(client => client.Id).ShouldBe(all.Select(client => client.Id));
        (first.Items.Count, second.Items.Count, second.Next).ShouldBe((2, 1, null));
    }

    [Fact]
    public async Task A_pool_has_one_signing_key_per_purpose_and_generation()
    {
        var pool = await PoolAsync();

        var added = await RaceAsync((unit, i) => unit.SigningKeys.AddAsync(new SigningKeyRecord(NewId(), pool.Id, "id", 1, [1, 2, (byte)i], Now), Ct));
        var newer = new SigningKeyRecord(NewId(), pool.Id, "id", 2, [9], Now);
        await WriteAsync(unit => unit.SigningKeys.AddAsync(newer, Ct));

        added.Count(isAdded => isAdded).ShouldBe(1);
        var keys = await ReadAsync(stores => stores.SigningKeys.ListAsync(pool.Id, Ct));
        keys.Select(key => key.Generation).ShouldBe([2, 1]);
        keys[0].ShouldBeEquivalentTo(newer);
        (await ReadAsync(stores => stores.SigningKeys.ListDueAsync(Now, 1000, Ct))).ShouldContain(pool.Id);
        (await ReadAsync(stores => stores.SigningKeys.ListDueAsync(Now.AddMilliseconds(-1), 1000, Ct))).ShouldNotContain(pool.Id);
        (await WriteAsync(unit => unit.SigningKeys.RemoveReplacedAsync(pool.Id, Now.AddMilliseconds(-1), Ct))).ShouldBe(0);
        (await WriteAsync(unit => unit.SigningKeys.RemoveReplacedAsync(pool.Id, Now, Ct))).ShouldBe(1);
        (await ReadAsync(stores => stores.SigningKeys.ListAsync(pool.Id, Ct))).ShouldHaveSingleItem().Kid.ShouldBe(newer.Kid);
    }

    [Fact]
    public async Task A_setting_keeps_its_last_value()
    {
        var key = NewId();

        (await ReadAsync(stores => stores.Settings.FindAsync(key, Ct))).ShouldBeNull();
        await WriteAsync(unit => unit.Settings.PutAsync(key, "1", Ct));
        await WriteAsync(unit => unit.Settings.PutAsync(key, "2", Ct));

        (await ReadAsync(stores => stores.Settings.FindAsync(key, Ct))).ShouldBe("2");
    }
}

public sealed class PoolStoreOnSqliteTests(SqliteFixture fixture) : PoolStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PoolStoreOnPostgresTests(PostgresFixture fixture) : PoolStoreTests(fixture), IClassFixture<PostgresFixture>;
