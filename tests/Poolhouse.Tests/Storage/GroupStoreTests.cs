using Poolhouse.Core.Groups;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class GroupStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    [Fact]
    public async Task A_group_comes_back_as_it_was_stored()
    {
        var pool = await PoolAsync();
        var group = NewGroup(pool, "Ärzte") with { Description = "d", RoleArn = "arn:aws:iam::1:role/a", Precedence = int.MaxValue };

        await WriteAsync(unit => unit.Groups.CreateAsync(group, Ct));

        (await ReadAsync(stores => stores.Groups.FindAsync(pool.Id, "Ärzte", Ct))).ShouldBe(group);
        (await ReadAsync(stores => stores.Groups.FindAsync(pool.Id, "ärzte", Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task One_name_belongs_to_one_group()
    {
        var group = NewGroup(await PoolAsync(), "a");

        var created = await RaceAsync((unit, _) => unit.Groups.CreateAsync(group, Ct));

        created.Count(isCreated => isCreated).ShouldBe(1);
    }

    [Fact]
    public async Task A_user_joins_once_however_often_it_is_asked()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        await GroupAsync(pool, "a");

        var joined = await RaceAsync((unit, _) => unit.Groups.AddMemberAsync(pool.Id, "a", user.Sub, Ct));

        joined.ShouldAllBe(outcome => outcome == JoinOutcome.Member);
        (await ReadAsync(stores => stores.Groups.ListMembersAsync(pool.Id, "a", 60, null, Ct))).Items.Select(u => u.Sub).ShouldBe([user.Sub]);
    }

    [Fact]
    public async Task Racing_calls_cannot_pass_the_most_groups_of_a_user()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        await WriteAsync(async unit =>
        {
            for (var i = 0; i < Group.MostPerUser + Racers - 10; i++) await unit.Groups.CreateAsync(NewGroup(pool, $"g{i:000}"), Ct);
            for (var i = 0; i < Group.MostPerUser - 10; i++) await unit.Groups.AddMemberAsync(pool.Id, $"g{i:000}", user.Sub, Ct);
        });

        var joined = await RaceAsync((unit, i) => unit.Groups.AddMemberAsync(pool.Id, $"g{Group.MostPerUser - 10 + i:000}", user.Sub, Ct));

        joined.Count(outcome => outcome == JoinOutcome.Member).ShouldBe(10);
        joined.Count(outcome => outcome == JoinOutcome.TooMany).ShouldBe(Racers - 10);
        (await ReadAsync(stores => stores.Groups.ListAllOfUserAsync(pool.Id, user.Sub, Ct))).Count.ShouldBe(Group.MostPerUser);
        (await WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, "g000", user.Sub, Ct))).ShouldBe(JoinOutcome.Member);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        await GroupAsync(pool, "a");

        (await WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, "a", new(NewId()), Ct))).ShouldBe(JoinOutcome.NoUser);
        (await WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, "b", user.Sub, Ct))).ShouldBe(JoinOutcome.NoGroup);
    }

    [Fact]
    public async Task Memberships_go_with_the_user_and_with_the_group()
    {
        var pool = await PoolAsync();
        var (bob, eve) = (await UserAsync(pool, "bob"), await UserAsync(pool, "eve"));
        await GroupAsync(pool, "a");
        foreach (var sub in new[] { bob.Sub, eve.Sub }) await WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, "a", sub, Ct));

        await WriteAsync(unit => unit.Users.DeleteAsync(pool.Id, bob.Sub, Ct));
        var left = (await ReadAsync(stores => stores.Groups.ListMembersAsync(pool.Id, "a", 60, null, Ct))).Items.Select(u => u.Sub).ToList();
        await WriteAsync(unit => unit.Groups.DeleteAsync(pool.Id, "a", Ct));

        left.ShouldBe([eve.Sub]);
        (await ReadAsync(stores => stores.Groups.ListAllOfUserAsync(pool.Id, eve.Sub, Ct))).ShouldBeEmpty();
        (await ReadAsync(stores => stores.Users.FindAsync(pool.Id, eve.Sub, Ct))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name()
    {
        var pool = await PoolAsync();
        var group = NewGroup(pool, "a") with { Description = "d", Precedence = 3 };
        await WriteAsync(unit => unit.Groups.CreateAsync(group, Ct));

        var changed = await WriteAsync(unit => unit.Groups.UpdateAsync(pool.Id, "a", new GroupChange(null, "role", 0), Now.AddDays(1), Ct));

        changed.ShouldBe(group with { RoleArn = "role", Precedence = 0, ModifiedAt = Now.AddDays(1) });
        (await WriteAsync(unit => unit.Groups.UpdateAsync(pool.Id, "b", new GroupChange("x", null, null), Now, Ct))).ShouldBeNull();
    }

    [Fact]
    public async Task Every_list_pages_in_a_total_order()
    {
        var pool = await PoolAsync();
        var user = await UserAsync(pool, "bob");
        await GroupAsync(await PoolAsync(), "other");
        foreach (var name in new[] { "b", "a", "B", "ö" })
        {
            await GroupAsync(pool, name);
            await WriteAsync(unit => unit.Groups.AddMemberAsync(pool.Id, name, user.Sub, Ct));
        }

        var first = await ReadAsync(stores => stores.Groups.ListAsync(pool.Id, 3, null, Ct));
        var second = await ReadAsync(stores => stores.Groups.ListAsync(pool.Id, 3, first.Next, Ct));
        var firstOfUser = await ReadAsync(stores => stores.Groups.ListOfUserAsync(pool.Id, user.Sub, 3, null, Ct));
        var secondOfUser = await ReadAsync(stores => stores.Groups.ListOfUserAsync(pool.Id, user.Sub, 3, firstOfUser.Next, Ct));

        first.Items.Concat(second.Items).Select(g => g.Name).ShouldBe(["B", "a", "b", "ö"]);
        firstOfUser.Items.Concat(secondOfUser.Items).ShouldBe(first.Items.Concat(second.Items));
        (second.Next, secondOfUser.Next).ShouldBe((null, null));
        (await ReadAsync(stores => stores.Groups.CountAsync(pool.Id, Ct))).ShouldBe(4);
    }

    private static Group NewGroup(UserPool pool, string name) => new() { PoolId = pool.Id, Name = name, CreatedAt = Now, ModifiedAt = Now };

    private ValueTask<bool> GroupAsync(UserPool pool, string name) => WriteAsync(unit => unit.Groups.CreateAsync(NewGroup(pool, name), Ct));
}

public sealed class GroupStoreOnSqliteTests(SqliteFixture fixture) : GroupStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class GroupStoreOnPostgresTests(PostgresFixture fixture) : GroupStoreTests(fixture), IClassFixture<PostgresFixture>;
