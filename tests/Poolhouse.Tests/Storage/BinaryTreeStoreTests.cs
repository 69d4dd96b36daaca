using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Storage.BinaryTrees;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Storage;

public abstract class BinaryTreeStoreTests(DatabaseFixture fixture) : StoreTests(fixture)
{
    private bool IsPostgres => Database is Poolhouse.Storage.PostgresDatabase;

    private readonly string application = $"app-{Guid.NewGuid():N}";

    [Fact]
    public async Task Thousands_of_placements_at_once_leave_a_sound_tree()
    {
        // On PostgreSQL each takes a few milliseconds on a busy machine, one after the other; all of them where it is asked for.
        var count = IsPostgres && Environment.GetEnvironmentVariable("CI") != "true" ? 1_500 : 10_000;
        var accounts = await AccountsAsync(count);
        await PlaceAsync(accounts[0], null);

        // Whom somebody invites who is not placed yet goes below nobody; who is, has a preference that depends on the number.
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count - 1),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Ct },
            async (i, ct) =>
            {
                await WriteAsync(async unit =>
                {
                    await TreePlacement.PlaceAsync(unit.BinaryTrees, application, accounts[i], accounts[new Random(i).Next(i)], Now, ct);
                    if (i % 3 > 0) await unit.BinaryTrees.PreferAsync(application, accounts[i], (TreePreference)(i % 3), ct);
                });
                if (i % 100 == 0) await PlaceAsync(accounts[i], accounts[0]);
            });

        var tree = await StoredTree.ReadAsync(Database, application, Ct);
        tree.ShouldBeSound(accounts);
        var place = (await ReadAsync(stores => stores.BinaryTrees.FindAsync(application, accounts[0], Ct)))!;
        (await ReadAsync(stores => stores.BinaryTrees.CountLegsAsync(place, Ct))).ShouldBe(tree.CountLegs(1));
    }

    [Theory]
    [InlineData(4, 1, 700)]
    [InlineData(5, 2, 700)]
    [InlineData(16, 3, 500)]
    public async Task Every_account_goes_where_the_rule_puts_it(int blockSize, int seed, int count)
    {
        var random = new Random(seed);
        var accounts = await AccountsAsync(count);
        var rule = new RuleTree();

        for (var i = 0; i < count; i++)
        {
            int? sponsor = i == 0 || random.Next(10) == 0 ? null : random.Next(3) == 0 ? i - 1 : random.Next(i);
            var preference = (TreePreference)random.Next(3);
            var expected = rule.Place(sponsor + 1);

            var place = await WriteAsync(async unit =>
            {
                var trees = ((BinaryTreeStore)unit.BinaryTrees).WithBlocksOf(blockSize);
                var answer = await TreePlacement.PlaceAsync(trees, application, accounts[i], sponsor is { } s ? accounts[s] : null, Now, Ct);
                await trees.PreferAsync(application, accounts[i], preference, Ct);
                return answer;
            });

            (Ordinal(place.Id), Ordinal(place.Parent), place.Side, Ordinal(place.Sponsor)).ShouldBe((i + 1, expected?.Parent, expected?.Side, sponsor + 1));
            rule.Prefer(i + 1, preference);
        }

        var tree = await StoredTree.ReadAsync(Database, application, Ct);
        tree.ShouldBeSound(accounts);
        foreach (var i in Enumerable.Range(0, 40).Select(_ => random.Next(count)))
        {
            var place = (await ReadAsync(stores => stores.BinaryTrees.FindAsync(application, accounts[i], Ct)))!;
            (await ReadAsync(stores => stores.BinaryTrees.CountLegsAsync(place, Ct))).ShouldBe(tree.CountLegs(i + 1));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chain_is_as_good_as_a_tree(bool isZigzag)
    {
        const int Length = 1200;
        var accounts = await AccountsAsync(Length);
        await WriteAsync(async unit =>
        {
            var trees = ((BinaryTreeStore)unit.BinaryTrees).WithBlocksOf(6);
            for (var i = 0; i < Length; i++)
            {
                await TreePlacement.PlaceAsync(trees, application, accounts[i], i == 0 ? null : accounts[i - 1], Now, Ct);
                await trees.PreferAsync(application, accounts[i], isZigzag && i % 2 == 1 ? TreePreference.Right : TreePreference.Left, Ct);
            }
        });

        var tree = await StoredTree.ReadAsync(Database, application, Ct);
        tree.ShouldBeSound(accounts);
        tree.Depth.ShouldBe(Length - 1);
        var view = (await ReadAsync(stores => stores.BinaryTrees.ViewAsync(application, accounts[200], 10, Ct)))!;
        var node = view.Node;
        for (var level = 0; level <= 10; level++)
        {
            var isRight = isZigzag && level % 2 == 1;
            (node.Level, node.LeftCount, node.RightCount).ShouldBe(isRight ? (level, 0, Length - 201 - level) : (level, Length - 201 - level, 0));
            if (level < 10) node = (isRight ? node.Right : node.Left)!;
        }

        (node.Left, node.Right).ShouldBe((null, null));
    }

    [Fact]
    public async Task A_place_outlives_its_account()
    {
        var accounts = await AccountsAsync(3);
        foreach (var account in accounts) await PlaceAsync(account, accounts[0]);
        await WriteAsync(unit => unit.BinaryTrees.PreferAsync(application, accounts[0], TreePreference.Left, Ct));

        await WriteAsync(unit => unit.Accounts.DeleteOfUserAsync(new("us-east-1_Tree"), new(accounts[1].Value), Ct));
        var next = await AccountsAsync(1);
        var place = await PlaceAsync(next[0], accounts[1]);

        var view = (await ReadAsync(stores => stores.BinaryTrees.ViewAsync(application, accounts[0], 3, Ct)))!;
        (view.Node.LeftCount, view.Node.RightCount).ShouldBe((2, 1));
        view.Node.Left!.Member.PublicName.ShouldBeNull();
        (Ordinal(place.Parent), place.Side, place.Sponsor).ShouldBe((2, TreeSide.Left, null));
    }

    [Fact]
    public async Task Placing_again_answers_the_place()
    {
        var accounts = await AccountsAsync(3);
        foreach (var account in accounts) await PlaceAsync(account, accounts[0]);

        var first = await PlaceAsync(accounts[2], accounts[0]);
        var again = await PlaceAsync(accounts[2], accounts[1]);

        again.ShouldBe(first);
        first.IsNew.ShouldBeFalse();
        (Ordinal(first.Parent), first.Side, first.Depth, Ordinal(first.Sponsor)).ShouldBe((1, TreeSide.Right, 1, 1));
    }

    [Fact]
    public async Task Racing_placements_of_one_account_give_one_place()
    {
        var accounts = await AccountsAsync(2);

        var roots = await RaceAsync((unit, i) => TreePlacement.PlaceAsync(unit.BinaryTrees, application, accounts[0], null, Now, Ct));
        var places = await RaceAsync((unit, i) => TreePlacement.PlaceAsync(unit.BinaryTrees, application, accounts[1], accounts[0], Now, Ct));

        roots.ShouldAllBe(place => Ordinal(place.Id) == 1 && place.Parent == null);
        (roots.Count(place => place.IsNew), places.Count(place => place.IsNew)).ShouldBe((1, 1));
        places.ShouldAllBe(place => Ordinal(place.Id) == 2 && Ordinal(place.Parent) == 1);
        (await StoredTree.ReadAsync(Database, application, Ct)).ShouldBeSound(accounts);
    }

    [Fact]
    public async Task Each_application_has_a_tree_of_its_own()
    {
        var accounts = await AccountsAsync(2);
        await PlaceAsync(accounts[0], null);

        var elsewhere = await WriteAsync(unit => TreePlacement.PlaceAsync(unit.BinaryTrees, application + "-2", accounts[1], accounts[0], Now, Ct));

        (Ordinal(elsewhere.Id), elsewhere.Parent, elsewhere.Sponsor).ShouldBe((1L, null, null));
        (await ReadAsync(stores => stores.BinaryTrees.FindAsync(application, accounts[1], Ct))).ShouldBeNull();
        (await ReadAsync(stores => stores.BinaryTrees.ViewAsync(application + "-2", accounts[0], 3, Ct))).ShouldBeNull();
        (await WriteAsync(unit => unit.BinaryTrees.PreferAsync(application + "-2", accounts[0], TreePreference.Left, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_view_ends_where_it_was_told_and_counts_on_to_the_bottom()
    {
        var accounts = await AccountsAsync(31);
        foreach (var account in accounts) await PlaceAsync(account, null);

        var view = (await ReadAsync(stores => stores.BinaryTrees.ViewAsync(application, accounts[1], 1, Ct)))!;
        var alone = (await ReadAsync(stores => stores.BinaryTrees.ViewAsync(application, accounts[30], 10, Ct)))!;

        (view.Node.LeftCount, view.Node.RightCount).ShouldBe((7, 7));
        (view.Node.Left!.LeftCount, view.Node.Left.RightCount, view.Node.Left.Level).ShouldBe((3, 3, 1));
        (view.Node.Left.Left, view.Node.Left.Right, view.Sponsor).ShouldBe((null, null, null));
        (alone.Node.LeftCount, alone.Node.RightCount, alone.Node.PlacedAt).ShouldBe((0, 0, Now));
    }

    private static long? Ordinal(long? id) => StoredTree.Ordinal(id);

    private async Task<AccountId[]> AccountsAsync(int count)
    {
        var accounts = Enumerable.Range(0, count).Select(_ => new AccountId(NewId())).ToArray();
        await WriteAsync(async unit =>
        {
            foreach (var id in accounts)
            {
                await unit.Accounts.CreateAsync(
                    new() { Id = id, Application = application, PoolId = new("us-east-1_Tree"), Sub = new(id.Value), PoolUsername = id.Value, CreatedAt = Now },
                    Ct);
            }
        });
        return accounts;
    }

    private ValueTask<TreePlace> PlaceAsync(AccountId account, AccountId? sponsor) =>
        WriteAsync(unit => TreePlacement.PlaceAsync(unit.BinaryTrees, application, account, sponsor, Now, Ct));
}

public sealed class BinaryTreeStoreOnSqliteTests(SqliteFixture fixture) : BinaryTreeStoreTests(fixture), IClassFixture<SqliteFixture>;

public sealed class BinaryTreeStoreOnPostgresTests(PostgresFixture fixture) : BinaryTreeStoreTests(fixture), IClassFixture<PostgresFixture>;
