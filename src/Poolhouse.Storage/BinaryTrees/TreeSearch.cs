using System.Diagnostics;
using Poolhouse.Core.Accounts.BinaryTree;

namespace Poolhouse.Storage.BinaryTrees;

/// <summary>Questions about a leg that do not walk it.</summary>
internal sealed class TreeSearch(DatabaseSession session)
{
    // What is neither a block nor a container.
    private const long None = -1;

    /// <summary>How many are in the legs of a node.</summary>
    public async ValueTask<(long Left, long Right)> CountLegsAsync(TreePlace place, CancellationToken ct)
    {
        var (left, node, right) = await PositionsAsync(place, ct);
        return (node.Rank - left.Rank, right.Rank - node.Rank);
    }

    /// <summary>The free place nearest to the root.</summary>
    public ValueTask<TreeSpot> NearestAsync(long tree, CancellationToken ct) => NearestAsync(
        tree,
        new TreePosition(None, None, long.MinValue, None, 0, 0, 0),
        new TreePosition(None, None, long.MaxValue, None, 0, 0, 0),
        ct);

    /// <summary>The free place of a leg that is nearest to its node.</summary>
    public async ValueTask<TreeSpot> NearestAsync(TreePlace place, TreeSide leg, CancellationToken ct)
    {
        if ((leg == TreeSide.Left ? place.LeftEnd : place.RightEnd) == place.Id) return new TreeSpot(place.Id, leg);
        var (left, node, right) = await PositionsAsync(place, ct);
        return leg == TreeSide.Left
            ? await NearestAsync(place.Tree, left, node with { Label = node.Label - 1 }, ct)
            : await NearestAsync(place.Tree, node with { Label = node.Label + 1 }, right, ct);
    }

    // The least depth of what is open between two positions, the leftmost of it: the rest of the first block, the rest of its container,
    // the containers between, and the same at the other end; then down into the block that has it.
    private async ValueTask<TreeSpot> NearestAsync(long tree, TreePosition from, TreePosition to, CancellationToken ct) => await session
        .Statement(
            """
            with candidates (stage, kind, id, depth, label) as (
                select 1, 1, n.id, n.depth, n.label
                from binary_tree_nodes n
                where n.block = @from_block and n.label >= @from_label and n.children < 2
                and (@from_block <> @to_block or n.label <= @to_label)
                union all
                select 2, 2, b.id, b.open_depth, b.label
                from binary_tree_blocks b
                where b.container = @from_container and b.label > @from_block_label and b.open_depth is not null
                and (@from_container <> @to_container or b.label < @to_block_label)
                union all
                select 3, 3, c.id, c.open_depth, c.label
                from binary_tree_blocks c
                where c.container = @tree and c.label > @from_container_label and c.label < @to_container_label
                and c.open_depth is not null
                union all
                select 4, 2, b.id, b.open_depth, b.label
                from binary_tree_blocks b
                where b.container = @to_container and b.label < @to_block_label and b.open_depth is not null
                and @from_container <> @to_container
                union all
                select 5, 1, n.id, n.depth, n.label
                from binary_tree_nodes n
                where n.block = @to_block and n.label <= @to_label and n.children < 2
                and @from_block <> @to_block
            ),
            best (kind, id, depth) as (
                select kind, id, depth
                from candidates
                order by depth, stage, label
                limit 1
            ),
            down (kind, node, block, depth) as (
                select kind, id, case when kind < 3 then id else (
                    select b.id
                    from binary_tree_blocks b
                    where b.container = best.id and b.open_depth = best.depth
                    order by b.label
                    limit 1) end, depth
                from best
            ),
            found (id) as (
                select case when kind = 1 then node else (
                    select n.id
                    from binary_tree_nodes n
                    where n.block = down.block and n.depth = down.depth and n.children < 2
                    order by n.label
                    limit 1) end
                from down
            )
            select found.id, (
                select x.id
                from binary_tree_nodes x
                where x.parent = found.id and x.side = 'left')
            from found
            """)
        .Bigint("tree", tree)
        .Bigint("from_container", from.Container)
        .Bigint("from_container_label", from.ContainerLabel)
        .Bigint("from_block", from.Block)
        .Bigint("from_block_label", from.BlockLabel)
        .Bigint("from_label", from.Label)
        .Bigint("to_container", to.Container)
        .Bigint("to_container_label", to.ContainerLabel)
        .Bigint("to_block", to.Block)
        .Bigint("to_block_label", to.BlockLabel)
        .Bigint("to_label", to.Label)
        .FindAsync(static row => new TreeSpot(row.GetInt64(0), row.IsDBNull(1) ? TreeSide.Left : TreeSide.Right), ct)
        // A leg that has nodes has leaves, and a tree that has a root too.
        ?? throw new UnreachableException("A tree without a free place.");

    private async ValueTask<(TreePosition Left, TreePosition Node, TreePosition Right)> PositionsAsync(TreePlace place, CancellationToken ct)
    {
        var positions = await session
            .Statement(
                $"""
                select {TreePosition.Columns}
                from binary_tree_nodes n
                {TreePosition.Joins}
                where n.id in (@id, @left_end, @right_end)
                limit 3
                """)
            .Bigint("id", place.Id)
            .Bigint("left_end", place.LeftEnd)
            .Bigint("right_end", place.RightEnd)
            .ListAsync(TreePosition.Read, ct);
        return (Of(place.LeftEnd), Of(place.Id), Of(place.RightEnd));

        TreePosition Of(long id) => positions.Single(position => position.Id == id);
    }
}
