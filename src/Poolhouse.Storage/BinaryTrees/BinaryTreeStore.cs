using System.Data.Common;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Core.Stores;

namespace Poolhouse.Storage.BinaryTrees;

/// <summary>The applications' binary trees.</summary>
/// <param name="session">Where they are.</param>
/// <param name="most">How large blocks grow; small ones make a test's few nodes many blocks.</param>
internal sealed class BinaryTreeStore(DatabaseSession session, int most = TreeBlocks.Most) : IBinaryTreeStore
{
    /// <summary>More ids than any tree needs, and fewer than would let a tree's number grow out of 64 bits.</summary>
    private const long IdsOfTree = 1L << 40;

    private const int MostAttempts = 20;

    // One text for both sides; a node that is a left child lengthens its parent's line to the left and begins one to the right.
    private const string InsertSql =
        """
        insert into binary_tree_nodes
            (id, tree, account_id, sponsor, parent, side, depth, children, preference, left_head, left_end, right_head, right_end, block, label, placed_at)
        values
            (@id, @tree, @account_id, @sponsor, @parent, @side, @depth, 0, 'balanced', @left_head, @left_end, @right_head, @right_end, @block, @label, @placed_at);
        update binary_tree_nodes
        set children = children + 1
        where id = @parent;
        update binary_tree_nodes
        set left_end = case when @side = 'left' then @id else left_end end, right_end = case when @side = 'right' then @id else right_end end
        where id = @head;
        update binary_tree_blocks
        set nodes = nodes + 1, open_depth = (
            select min(x.depth) from binary_tree_nodes x where x.block = @block and x.children < 2)
        where id = @block;
        update binary_tree_blocks
        set nodes = nodes + 1, open_depth = (
            select min(x.open_depth) from binary_tree_blocks x where x.container = @container)
        where id = @container;
        update binary_trees
        set last_node = @id
        where top = @tree
        """;

    /// <summary>The same with other blocks.</summary>
    internal BinaryTreeStore WithBlocksOf(int nodes) => new(session, nodes);

    public async ValueTask<HeldTree> HoldAsync(string application, CancellationToken ct)
    {
        // Two new trees may want the same ids; the loser sees the winner's by the time it is told, and takes the next.
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await HoldExistingAsync(application, ct) is { } tree) return tree;
            await session
                .Statement(
                    """
                    insert into binary_trees (application, top, last_node, last_block)
                    select @application, n.top, n.top, n.top
                    from (select coalesce(max(t.top), 0) + @ids as top from binary_trees t) n
                    where true
                    on conflict do nothing
                    """)
                .Text("application", application)
                .Bigint("ids", IdsOfTree)
                .ExecuteAsync(ct);
        }

        throw new InvalidOperationException("The tree could not be made: too many others are.");
    }

    public ValueTask<TreePlace?> FindAsync(string application, AccountId account, CancellationToken ct) => session
        .Statement(
            """
            select n.id, n.tree, n.sponsor, n.parent, n.side, n.depth, n.preference, l.left_end, r.right_end
            from binary_tree_nodes n
            join binary_trees t on t.top = n.tree
            join binary_tree_nodes l on l.id = n.left_head
            join binary_tree_nodes r on r.id = n.right_head
            where n.account_id = @account_id and t.application = @application
            """)
        .Text("account_id", account.Value)
        .Text("application", application)
        .FindAsync(
            static row => new TreePlace
            {
                Id = row.GetInt64(0),
                Tree = row.GetInt64(1),
                Sponsor = row.BigintOrNull(2),
                Parent = row.BigintOrNull(3),
                Side = row.TextOrNull(4) is { } side ? EnumText.ToTreeSide(side) : null,
                Depth = row.GetInt64(5),
                Preference = EnumText.ToTreePreference(row.GetString(6)),
                LeftEnd = row.GetInt64(7),
                RightEnd = row.GetInt64(8),
            },
            ct);

    public ValueTask<(long Left, long Right)> CountLegsAsync(TreePlace place, CancellationToken ct) => new TreeSearch(session).CountLegsAsync(place, ct);

    public ValueTask<TreeSpot> NearestAsync(HeldTree tree, CancellationToken ct) => new TreeSearch(session).NearestAsync(tree.Id, ct);

    public ValueTask<TreeSpot> NearestAsync(TreePlace place, TreeSide leg, CancellationToken ct) => new TreeSearch(session).NearestAsync(place, leg, ct);

    public async ValueTask<TreePlace> AddRootAsync(HeldTree tree, AccountId account, DateTimeOffset now, CancellationToken ct)
    {
        var blocks = new TreeBlocks(session, tree.Id, most);
        var (container, block, id) = (tree.LastBlock + 1, tree.LastBlock + 2, tree.LastNode + 1);
        await blocks.AddAsync(container, tree.Id, 0, ct);
        await blocks.AddAsync(block, container, 0, ct);
        await blocks.KeepLastAsync(block, ct);
        var place = new TreePlace { Id = id, Tree = tree.Id, IsNew = true, Depth = 0, LeftEnd = id, RightEnd = id };
        await InsertAsync(place, account, (id, id), (container, block, 0), now, ct);
        return place;
    }

    public async ValueTask<TreePlace> AddAsync(
        HeldTree tree, AccountId account, TreePlace? sponsor, TreeSpot spot, DateTimeOffset now, CancellationToken ct)
    {
        var blocks = new TreeBlocks(session, tree.Id, most);
        var parent = await ParentAsync(spot.Parent, ct);
        if (LabelOf(parent, spot.Side) is not { } label)
        {
            await blocks.SpreadNodesAsync(parent.Block, ct);
            parent = await ParentAsync(spot.Parent, ct);
            label = LabelOf(parent, spot.Side)!.Value;
        }

        var id = tree.LastNode + 1;
        var place = new TreePlace
        {
            Id = id,
            Tree = tree.Id,
            IsNew = true,
            Sponsor = sponsor?.Id,
            Parent = spot.Parent,
            Side = spot.Side,
            Depth = parent.Depth + 1,
            LeftEnd = id,
            RightEnd = id,
        };
        var heads = spot.Side == TreeSide.Left ? (parent.LeftHead, id) : (id, parent.RightHead);
        await InsertAsync(place, account, heads, (parent.Container, parent.Block, label), now, ct);
        if (parent.BlockNodes + 1 > most) await blocks.SplitAsync(parent.Block, parent.Container, tree.LastBlock, ct);
        return place;
    }

    public ValueTask<bool> PreferAsync(string application, AccountId account, TreePreference preference, CancellationToken ct) => session
        .Statement(
            """
            update binary_tree_nodes
            set preference = @preference
            where account_id = @account_id and tree = (select t.top from binary_trees t where t.application = @application)
            returning id
            """)
        .Text("preference", EnumText.Of(preference))
        .Text("account_id", account.Value)
        .Text("application", application)
        .AnyAsync(ct);

    public ValueTask<TreeView?> ViewAsync(string application, AccountId account, int depth, CancellationToken ct) =>
        new TreeReading(session).ViewAsync(application, account, depth, ct);

    // From left to right a left child stands just before its parent, and a right one just behind it: nothing was between them.
    private static long? LabelOf(Parent parent, TreeSide side) =>
        side == TreeSide.Left ? TreeBlocks.Between(parent.Below, parent.Label) : TreeBlocks.Between(parent.Label, parent.Above);

    // Held by changing it; an update that changes nothing is one too.
    private ValueTask<HeldTree?> HoldExistingAsync(string application, CancellationToken ct) => session
        .Statement("update binary_trees set last_node = last_node where application = @application returning top, last_node, last_block")
        .Text("application", application)
        .FindAsync(static row => new HeldTree(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct);

    private async ValueTask InsertAsync(
        TreePlace place, AccountId account, (long Left, long Right) heads, (long Container, long Block, long Label) at, DateTimeOffset now, CancellationToken ct) =>
        await session
            .Statement(InsertSql)
            .Bigint("id", place.Id)
            .Bigint("tree", place.Tree)
            .Text("account_id", account.Value)
            .Bigint("sponsor", place.Sponsor)
            .Bigint("parent", place.Parent)
            .Text("side", place.Side is { } side ? EnumText.Of(side) : null)
            .Bigint("depth", place.Depth)
            .Bigint("left_head", heads.Left)
            .Bigint("left_end", heads.Left == place.Id ? place.Id : null)
            .Bigint("right_head", heads.Right)
            .Bigint("right_end", heads.Right == place.Id ? place.Id : null)
            .Bigint("block", at.Block)
            .Bigint("label", at.Label)
            .Time("placed_at", now)
            .Bigint("head", place.Side == TreeSide.Left ? heads.Left : heads.Right)
            .Bigint("container", at.Container)
            .ExecuteAsync(ct);

    private ValueTask<Parent> ParentAsync(long id, CancellationToken ct) => session
        .Statement(
            """
            select n.depth, n.left_head, n.right_head, b.container, n.block, b.nodes, n.label,
                (select max(x.label) from binary_tree_nodes x where x.block = n.block and x.label < n.label),
                (select min(x.label) from binary_tree_nodes x where x.block = n.block and x.label > n.label)
            from binary_tree_nodes n
            join binary_tree_blocks b on b.id = n.block
            where n.id = @id
            """)
        .Bigint("id", id)
        .FindAsync(Parent.Read, ct)!;

    /// <summary>A node that gets a child, with its neighbours' labels within its block.</summary>
    private sealed record Parent(long Depth, long LeftHead, long RightHead, long Container, long Block, long BlockNodes, long Label, long? Below, long? Above)
    {
        public static Parent Read(DbDataReader row) => new(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
            row.BigintOrNull(7), row.BigintOrNull(8));
    }
}
