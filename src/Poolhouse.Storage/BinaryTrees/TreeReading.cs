using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;

namespace Poolhouse.Storage.BinaryTrees;

/// <summary>Reads a part of a tree with its legs' counts.</summary>
internal sealed class TreeReading(DatabaseSession session)
{
    // Stand beside the levels, which begin at 0: the outermost nodes below the first one.
    private const int LeftEnd = -2;
    private const int RightEnd = -1;

    /// <summary>The account's node with what is below it; null where it has none.</summary>
    public async ValueTask<TreeView?> ViewAsync(string application, AccountId account, int depth, CancellationToken ct)
    {
        // One statement, hence one moment: ranks of two moments have nothing to do with each other.
        var rows = await session
            .Statement(
                $"""
                with recursive shown (id, level) as (
                    select n.id, 0
                    from binary_tree_nodes n
                    join binary_trees t on t.top = n.tree
                    where n.account_id = @account_id and t.application = @application
                    union all
                    select n.id, s.level + 1
                    from shown s
                    join binary_tree_nodes n on n.parent = s.id
                    where s.level < @depth
                ),
                wanted (id, level) as (
                    select s.id, s.level
                    from shown s
                    union all
                    select h.left_end, {LeftEnd}
                    from shown s
                    join binary_tree_nodes n on n.id = s.id
                    join binary_tree_nodes h on h.id = n.left_head
                    where s.level = 0
                    union all
                    select h.right_end, {RightEnd}
                    from shown s
                    join binary_tree_nodes n on n.id = s.id
                    join binary_tree_nodes h on h.id = n.right_head
                    where s.level = 0
                ),
                containers (id, before) as (
                    select c.id, cast(sum(c.nodes) over (order by c.label) - c.nodes as bigint)
                    from shown s
                    join binary_tree_nodes n on n.id = s.id
                    join binary_tree_blocks c on c.container = n.tree
                    where s.level = 0
                )
                select w.level, n.id, n.parent, n.side, n.sponsor, n.preference, n.placed_at, a.username, a.email, i.username, i.email, {TreePosition.BeforeInContainer} + c.before
                from wanted w
                join binary_tree_nodes n on n.id = w.id
                join binary_tree_blocks b on b.id = n.block
                join containers c on c.id = b.container
                left join accounts a on a.id = n.account_id
                left join binary_tree_nodes s on s.id = n.sponsor and w.level = 0
                left join accounts i on i.id = s.account_id
                order by w.level
                """)
            .Text("account_id", account.Value)
            .Text("application", application)
            .Bigint("depth", depth)
            .ListAsync(
                static row => new Row(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.BigintOrNull(2) ?? 0,
                    row.TextOrNull(3) is { } side ? EnumText.ToTreeSide(side) : null,
                    row.BigintOrNull(4),
                    EnumText.ToTreePreference(row.GetString(5)),
                    row.Time(6),
                    new TreeMember(row.TextOrNull(7), row.TextOrNull(8)),
                    new TreeMember(row.TextOrNull(9), row.TextOrNull(10)),
                    row.GetInt64(11)),
                ct);
        if (rows.Count == 0) return null;
        var below = rows.Where(row => row.Level > 0).ToDictionary(row => (row.Parent, row.Side));
        var first = rows.Single(row => row.Level == 0);
        var before = rows.Single(row => row.Level == LeftEnd).Rank - 1;
        var behind = rows.Single(row => row.Level == RightEnd).Rank + 1;
        return new TreeView(first.Preference, first.SponsorId is null ? null : first.Sponsor, Build(first, before, behind));

        // Below a node stand those between the nodes that bound it: what is not left of it is right of it.
        TreeNode Build(Row row, long before, long behind) => new()
        {
            Member = row.Member,
            Level = (int)row.Level,
            PlacedAt = row.PlacedAt,
            LeftCount = row.Rank - before - 1,
            RightCount = behind - row.Rank - 1,
            Left = below.TryGetValue((row.Id, TreeSide.Left), out var left) ? Build(left, before, row.Rank) : null,
            Right = below.TryGetValue((row.Id, TreeSide.Right), out var right) ? Build(right, row.Rank, behind) : null,
        };
    }

    private sealed record Row(
        long Level, long Id, long Parent, TreeSide? Side, long? SponsorId, TreePreference Preference, DateTimeOffset PlacedAt, TreeMember Member, TreeMember Sponsor,
        long Rank);
}
