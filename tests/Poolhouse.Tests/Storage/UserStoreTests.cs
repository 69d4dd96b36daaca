using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class UserStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_user_comes_back_as_it_was_stored()
    {
        var pool = await PoolAsync();
        var user = NewUser(pool, "Bob", ("email", "bob@example.com"), ("custom:ümlaut", "日本")) with
        {
            Status = UserStatus.ForceChangePassword,
            IsEnabled = false,
            Password = new PasswordCredential("$pbkdf2$", [1, 2], [3]),
            PasswordHistory = ["a", "b"],
            TemporaryPasswordExpiresAt = Now.AddDays(7),
        };

        await WriteAsync(unit => unit.Users.CreateAsync(user, "bob", [], Ct));

        ShouldBeSame((await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct)))!, user);
    }

    [Fact]
    public async Task A_user_without_password_comes_back_without()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");

        var found = (await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct)))!;

        (found.Password, found.TemporaryPasswordExpiresAt, found.PasswordHistory.Count).ShouldBe((null, null, 0));
    }

    [Fact]
    public async Task One_name_belongs_to_one_user()
    {
        var pool = await PoolAsync();

        var outcomes = await RaceAsync((unit, i) => unit.Users.CreateAsync(NewUser(pool, i % 2 == 0 ? "Bob" : "bob"), "bob", [], Ct));

        outcomes.Count(outcome => outcome is SaveUserOutcome.Saved).ShouldBe(1);
        outcomes.Count(outcome => outcome is SaveUserOutcome.UsernameTaken).ShouldBe(Racers - 1);
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(1);
    }

    [Fact]
    public async Task One_alias_belongs_to_one_user()
    {
        var pool = await PoolAsync();

        var outcomes = await RaceAsync(async (unit, i) =>
        {
            var outcome = await unit.Users.CreateAsync(NewUser(pool, $"u{i}"), $"u{i}", [new Alias("email", "bob@example.com")], Ct);
            if (outcome is not SaveUserOutcome.Saved) unit.Abandon();
            return outcome;
        });

        outcomes.Count(outcome => outcome is SaveUserOutcome.Saved).ShouldBe(1);
        outcomes.Count(outcome => outcome is SaveUserOutcome.AliasTaken { Attribute: "email" }).ShouldBe(Racers - 1);
        (await ReadAsync(stores => stores.Users.EstimateCountAsync(pool.Id, Ct))).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_name_in_two_pools_is_two_users()
    {
        var one = await PoolAsync();
        var other = await PoolAsync();

        await UserAsync(one, "bob");
        await UserAsync(other, "bob");

        (await ReadAsync(stores => stores.Users.EstimateCountAsync(one.Id, Ct))).ShouldBe(1);
    }

    [Fact]
    public async Task A_username_wins_over_an_alias()
    {
        var pool = await PoolAsync();
        var alias = NewUser(pool, "carol");
        await WriteAsync(unit => unit.Users.CreateAsync(alias, "carol", [new Alias("preferred_username", "bob")], Ct));

        var byAlias = await ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, "bob", Ct));
        var bob = await UserAsync(pool, "Bob");
        var byName = await ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, "bob", Ct));

        byAlias!.Sub.ShouldBe(alias.Sub);
        byName!.Sub.ShouldBe(bob.Sub);
        (await ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, "nobody", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_wins_over_a_preferred_name()
    {
        var pool = await PoolAsync();
        var impostor = NewUser(pool, "mallory");
        var owner = NewUser(pool, "bob");
        await WriteAsync(unit => unit.Users.CreateAsync(impostor, "mallory", [new Alias("preferred_username", "bob@example.com")], Ct));
        await WriteAsync(unit => unit.Users.CreateAsync(owner, "bob", [new Alias("email", "bob@example.com")], Ct));

        (await ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, "bob@example.com", Ct)))!.Sub.ShouldBe(owner.Sub);
    }

    [Fact]
    public async Task An_alias_too_long_for_an_index_still_belongs_to_one_user()
    {
        var pool = await PoolAsync();
        var name = string.Concat(Enumerable.Range(0, 2000).Select(i => (char)('a' + (i * 7919 % 26))));
        var user = NewUser(pool, "bob");
        await WriteAsync(unit => unit.Users.CreateAsync(user, "bob", [new Alias("email", name)], Ct));

        (await ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, name, Ct)))!.Sub.ShouldBe(user.Sub);
        (await ReadAsync(stores => stores.Users.FindAliasHolderAsync(pool.Id, "email", name, Ct))).ShouldBe(user.Sub);
    }

    [Fact]
    public async Task An_update_replaces_the_user_and_counts()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob", ("email", "old@example.com"));
        var changed = user with
        {
            Status = UserStatus.ResetRequired,
            Attributes = new Dictionary<string, string> { ["email"] = "new@example.com" },
            ModifiedAt = Now.AddMinutes(1),
        };

        (await WriteAsync(unit => unit.Users.UpdateAsync(changed, [], Ct))).ShouldBeOfType<SaveUserOutcome.Saved>();

        ShouldBeSame((await ReadAsync(stores => stores.Users.FindAsync(pool.Id, user.Sub, Ct)))!, changed with { Version = user.Version + 1 });
        (await FindAsync(pool.Id, new UserFilter("email", "old@example.com", false))).ShouldBeEmpty();
        (await FindAsync(pool.Id, new UserFilter("email", "new@example.com", false))).ShouldBe(["bob"]);
    }

    [Fact]
    public async Task Of_many_updates_from_one_reading_one_wins()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");

        var outcomes = await RaceAsync((unit, _) => unit.Users.UpdateAsync(user, [], Ct));

        outcomes.Count(outcome => outcome is SaveUserOutcome.Saved).ShouldBe(1);
        outcomes.Count(outcome => outcome is SaveUserOutcome.Stale).ShouldBe(Racers - 1);
    }

    [Fact]
    public async Task An_update_drops_keeps_and_takes_aliases()
    {
        var pool = await PoolAsync();
        var user = NewUser(pool, "bob");
        await WriteAsync(unit => unit.Users.CreateAsync(user, "bob", [new Alias("email", "a"), new Alias("phone_number", "+1")], Ct));

        await WriteAsync(unit => unit.Users.UpdateAsync(user, [new Alias("email", "b"), new Alias("phone_number", "+1")], Ct));

        (await HolderAsync(pool.Id, "email", "a")).ShouldBeNull();
        (await HolderAsync(pool.Id, "email", "b")).ShouldBe(user.Sub);
        (await HolderAsync(pool.Id, "phone_number", "+1")).ShouldBe(user.Sub);
    }

    [Fact]
    public async Task An_alias_moves_only_if_it_may()
    {
        var pool = await PoolAsync();
        var first = NewUser(pool, "first");
        var second = await UserAsync(pool, "second");
        await WriteAsync(unit => unit.Users.CreateAsync(first, "first", [new Alias("email", "a")], Ct));

        var refused = await WriteAsync(async unit =>
        {
            var outcome = await unit.Users.UpdateAsync(second, [new Alias("email", "a")], Ct);
            unit.Abandon();
            return outcome;
        });
        var moved = await WriteAsync(unit => unit.Users.UpdateAsync(second, [new Alias("email", "a", MayMove: true)], Ct));

        refused.ShouldBe(new SaveUserOutcome.AliasTaken("email"));
        moved.ShouldBeOfType<SaveUserOutcome.Saved>();
        (await HolderAsync(pool.Id, "email", "a")).ShouldBe(second.Sub);
    }

    [Fact]
    public async Task A_user_and_its_family_come_in_one_read()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var bob = await UserAsync(pool, "bob");
        var eve = await UserAsync(pool, "eve");
        var family = await FamilyAsync(bob, client);

        var both = await ReadAsync(stores => stores.Users.FindWithFamilyAsync(pool.Id, bob.Sub, family.Id, Ct));
        var foreign = await ReadAsync(stores => stores.Users.FindWithFamilyAsync(pool.Id, eve.Sub, family.Id, Ct));
        var nobody = await ReadAsync(stores => stores.Users.FindWithFamilyAsync(pool.Id, new Sub("x"), family.Id, Ct));

        both.User!.Sub.ShouldBe(bob.Sub);
        both.Family.ShouldBe(family);
        (foreign.User!.Sub, foreign.Family).ShouldBe((eve.Sub, null));
        nobody.ShouldBe((null, null));
    }

    [Fact]
    public async Task A_version_tells_of_every_change_that_a_caller_could_feel()
    {
        var pool = await PoolAsync();
        var client = await ClientAsync(pool);
        var bob = await UserAsync(pool, "bob");
        var eve = await UserAsync(pool, "eve");
        var family = await FamilyAsync(bob, client);
        ValueTask<CallerVersion> VersionAsync(Sub sub) => ReadAsync(stores => stores.Users.FindVersionAsync(pool.Id, sub, family.Id, Ct));

        (await VersionAsync(bob.Sub)).ShouldBe(new CallerVersion(bob.Version, bob.ModifiedAt, IsLive: true));
        (await VersionAsync(eve.Sub)).IsLive.ShouldBeFalse();
        (await VersionAsync(new Sub("x"))).ShouldBe(default);

        await WriteAsync(unit => unit.Users.UpdateAsync(bob with { IsEnabled = false }, [], Ct));
        (await VersionAsync(bob.Sub)).ShouldBe(new CallerVersion(bob.Version + 1, bob.ModifiedAt, IsLive: true));
        await WriteAsync(unit => unit.Families.RevokeAsync(family.Id, bob.ModifiedAt, Ct));
        (await VersionAsync(bob.Sub)).ShouldBe(new CallerVersion(bob.Version + 1, bob.ModifiedAt, IsLive: false));
    }

    [Fact]
    public async Task A_family_and_its_user_come_in_one_read()
    {
        var pool = await PoolAsync();
        var bob = await UserAsync(pool, "bob");
        var family = await FamilyAsync(bob, await ClientAsync(pool));

        var both = await ReadAsync(stores => stores.Users.FindOfFamilyAsync(family.Id, Ct));
        var neither = await ReadAsync(stores => stores.Users.FindOfFamilyAsync("x", Ct));

        both.User!.Sub.ShouldBe(bob.Sub);
        both.Family.ShouldBe(family);
        neither.ShouldBe((null, null));
    }

    [Fact]
    public async Task A_deleted_user_frees_its_names()
    {
        var pool = await PoolAsync();
        var user = NewUser(pool, "bob", ("email", "a"));
        await WriteAsync(unit => unit.Users.CreateAsync(user, "bob", [new Alias("email", "a")], Ct));

        (await WriteAsync(unit => unit.Users.DeleteAsync(pool.Id, user.Sub, Ct))).ShouldBeTrue();

        (await WriteAsync(unit => unit.Users.DeleteAsync(pool.Id, user.Sub, Ct))).ShouldBeFalse();
        (await HolderAsync(pool.Id, "email", "a")).ShouldBeNull();
        (await FindAsync(pool.Id, new UserFilter("email", "a", false))).ShouldBeEmpty();
        await UserAsync(pool, "bob");
    }

    [Theory]
    [InlineData("email", "Zoe@example.com", false, "zoe")]
    [InlineData("email", "a", true, "adam,anna")]
    [InlineData("email", "ann", true, "anna")]
    [InlineData("email", "", true, "adam,anna,bert,zoe")]
    [InlineData("family_name", "\U0010FFFF", true, "zoe")]
    [InlineData("family_name", "\uD7FF", true, "anna")]
    [InlineData("family_name", "x%", true, "")]
    [InlineData("cognito:user_status", "UNCONFIRMED", false, "bert")]
    [InlineData("cognito:user_status", "CON", true, "adam,anna,zoe")]
    [InlineData("cognito:user_status", "", true, "adam,anna,bert,zoe")]
    [InlineData("cognito:user_status", "confirmed", false, "")]
    [InlineData("status", "Disabled", false, "adam")]
    [InlineData("status", "Dis", true, "adam")]
    [InlineData("status", "", true, "adam,anna,bert,zoe")]
    [InlineData("status", "Dis", false, "")]
    [InlineData("username", "bert", false, "bert")]
    [InlineData("username", "a", true, "adam,anna")]
    [InlineData("username", "A", true, "")]
    public async Task A_filter_finds_who_it_describes(string attribute, string value, bool isPrefix, string expected)
    {
        var pool = await PoolAsync();
        await UserAsync(await PoolAsync(), "stranger", ("email", "a@example.com"));
        await AddAsync(NewUser(pool, "adam", ("email", "a@example.com")) with { IsEnabled = false });
        await AddAsync(NewUser(pool, "anna", ("email", "ann@example.com"), ("family_name", "\uD7FFx")));
        await AddAsync(NewUser(pool, "bert", ("email", "b@example.com")) with { Status = UserStatus.Unconfirmed });
        await AddAsync(NewUser(pool, "zoe", ("email", "Zoe@example.com"), ("family_name", "\U0010FFFF\U0010FFFF")));

        var found = await FindAsync(pool.Id, new UserFilter(attribute, value, isPrefix));

        found.Order(StringComparer.Ordinal).ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));

        async Task AddAsync(User user) => await WriteAsync(unit => unit.Users.CreateAsync(user, user.Username, [], Ct));
    }

    [Fact]
    public async Task A_value_too_long_for_an_index_is_found_whole()
    {
        var pool = await PoolAsync();
        var name = new string('é', 1500);
        await UserAsync(pool, "bob", ("name", name + "1"));
        await UserAsync(pool, "eve", ("name", name + "2"));

        (await FindAsync(pool.Id, new UserFilter("name", name + "2", false))).ShouldBe(["eve"]);
        (await FindAsync(pool.Id, new UserFilter("name", name + "1", true))).ShouldBe(["bob"]);
        (await FindAsync(pool.Id, new UserFilter("name", name, true))).Order().ShouldBe(["bob", "eve"]);
    }

    [Theory]
    [InlineData(null, "", false, "u6,u4,u5,u2,u3,u0,u1")]
    [InlineData("email", "same", false, "u6,u4,u5,u2,u3,u0,u1")]
    [InlineData("email", "s", true, "u6,u4,u5,u2,u3,u0,u1")]
    [InlineData("status", "Enabled", false, "u6,u4,u2,u0")]
    [InlineData("status", "", true, "u5,u3,u1,u6,u4,u2,u0")]
    [InlineData("cognito:user_status", "CONFIRMED", false, "u6,u4,u5,u2")]
    [InlineData("cognito:user_status", "", true, "u6,u4,u5,u2,u3,u0,u1")]
    public async Task Users_are_listed_by_age_and_then_by_sub(string? attribute, string value, bool isPrefix, string expected)
    {
        var pool = await PoolAsync();
        for (var i = 0; i < 7; i++)
        {
            // Two at a time, the oldest last, their subs in the order of their names.
            var user = NewUser(pool, $"u{i}", ("email", "same")) with
            {
                Sub = new Sub($"sub{i}"),
                CreatedAt = Now.AddMilliseconds(-(i / 2)),
                IsEnabled = i % 2 == 0,
                Status = i < 2 ? UserStatus.Unconfirmed : i == 3 ? UserStatus.ResetRequired : UserStatus.Confirmed,
            };
            await WriteAsync(unit => unit.Users.CreateAsync(user, user.Username, [], Ct));
        }

        var filter = attribute is null ? null : new UserFilter(attribute, value, isPrefix);
        foreach (var limit in new[] { 1, 2, 3, 60 })
        {
            var names = new List<string>();
            string? after = null;
            do
            {
                var page = await ReadAsync(stores => stores.Users.ListAsync(pool.Id, filter, limit, after, Ct));
                names.AddRange(page.Items.Select(user => user.Username));
                after = page.Next;
            }
            while (after is not null);

            names.ShouldBe(expected.Split(','));
        }
    }

    [Theory]
    [InlineData(null, "", false)]
    [InlineData("email", "same", false)]
    [InlineData("email", "sa", true)]
    [InlineData("username", "u", true)]
    [InlineData("status", "Enabled", false)]
    [InlineData("cognito:user_status", "CONFIRMED", false)]
    [InlineData("sub", "", true)]
    public async Task Pages_hold_each_user_once(string? attribute, string value, bool isPrefix)
    {
        var pool = await PoolAsync();
        for (var i = 0; i < 7; i++) await UserAsync(pool, $"u{i}", ("email", "same"));
        var filter = attribute is null ? null : new UserFilter(attribute, value, isPrefix);

        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await ReadAsync(stores => stores.Users.ListAsync(pool.Id, filter, 3, after, Ct));
            names.AddRange(page.Items.Select(user => user.Username));
            after = page.Next;
        }
        while (after is not null);

        names.Order().ShouldBe(Enumerable.Range(0, 7).Select(i => $"u{i}"));
    }

    [Fact]
    public async Task A_sub_is_found_whole_or_by_its_beginning()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");

        (await FindAsync(pool.Id, new UserFilter("sub", user.Sub.Value, false))).ShouldBe(["bob"]);
        (await FindAsync(pool.Id, new UserFilter("sub", user.Sub.Value[..8], true))).ShouldBe(["bob"]);
    }

    // Records compare lists and arrays by reference.
    private static void ShouldBeSame(User found, User expected)
    {
        found.Attributes.ShouldBe(expected.Attributes, ignoreOrder: true);
        found.PasswordHistory.ShouldBe(expected.PasswordHistory);
        found.Password?.Hash.ShouldBe(expected.Password!.Hash);
        found.Password?.SrpSalt.ShouldBe(expected.Password!.SrpSalt);
        found.Password?.SealedSrpVerifier.ShouldBe(expected.Password!.SealedSrpVerifier);
        (found with { Attributes = expected.Attributes, PasswordHistory = expected.PasswordHistory, Password = expected.Password }).ShouldBe(expected);
    }

    private async Task<List<string>> FindAsync(PoolId pool, UserFilter filter) =>
        [.. (await ReadAsync(stores => stores.Users.ListAsync(pool, filter, 60, null, Ct))).Items.Select(user => user.Username)];

    private ValueTask<Sub?> HolderAsync(PoolId pool, string attribute, string value) => ReadAsync(stores => stores.Users.FindAliasHolderAsync(pool, attribute, value, Ct));
}

public sealed class UserStoreOnSqliteTests(SqliteFixture fixture) : UserStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class UserStoreOnPostgresTests(PostgresFixture fixture) : UserStoreTests(fixture), IClassFixture<PostgresFixture>;
