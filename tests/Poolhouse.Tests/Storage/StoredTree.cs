using System.Text.Json.Nodes;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Storage;

namespace Poolhouse.Tests.Storage;

/// <summary>A tree as the database holds it, checked against what its parents and sides alone say.</summary>
internal sealed class StoredTree
{
    private static readonly string[] Sides = ["left", "right"];

    private readonly IReadOnlyList<JsonNode> nodes;
    private readonly IReadOnlyList<JsonNode> blocks;
    private readonly JsonNode tree;
    private readonly long top;
    private readonly Dictionary<long, JsonNode> byNumber;
    private readonly Dictionary<(long Parent, string Side), long> children;

    private ILookup<long, JsonNode>? blocksByContainer;
    private ILookup<long, JsonNode>? nodesByBlock;

    private StoredTree(IReadOnlyList<JsonNode> nodes, IReadOnlyList<JsonNode> blocks, JsonNode tree)
    {
        (this.nodes, this.blocks, this.tree) = (nodes, blocks, tree);
        top = Number(tree, "top");
        byNumber = nodes.ToDictionary(node => Number(node, "id"));
        children = nodes.Where(node => node["parent"] is not null).ToDictionary(node => (Number(node, "parent"), Text(node, "side")!), node => Number(node, "id"));
    }

    /// <summary>How deep its lowest node is.</summary>
    public long Depth => nodes.Max(node => Number(node, "depth"));

    public static async Task<StoredTree> ReadAsync(Database database, string application, CancellationToken ct)
    {
        using var stream = new MemoryStream();
        await database.WriteSnapshotAsync(stream, ct);
        stream.Position = 0;
        var tables = (await JsonNode.ParseAsync(stream, cancellationToken: ct))!["tables"]!;
        var row = tables["binary_trees"]!.AsArray().Single(each => Text(each!, "application") == application)!;
        var first = Number(row, "top");
        return new StoredTree(Rows("binary_tree_nodes"), Rows("binary_tree_blocks"), row);

        List<JsonNode> Rows(string table) => [.. tables[table]!.AsArray().Where(each => Number(each!, "id") - Ordinal(Number(each!, "id")) == first).Select(each => each!)];
    }

    /// <summary>How many are below a node, by walking.</summary>
    public (long Left, long Right) CountLegs(long ordinal) => (Count(top + ordinal, "left"), Count(top + ordinal, "right"));

    /// <summary>An id within its tree: 1 is the root.</summary>
    public static long? Ordinal(long? id) => id & ((1L << 40) - 1);

    public void ShouldBeSound(IReadOnlyList<AccountId> accounts)
    {
        nodes.Select(node => Text(node, "account_id")).ShouldBe(accounts.Select(account => account.Value), ignoreOrder: true);
        byNumber.Keys.Order().ShouldBe(Enumerable.Range(1, accounts.Count).Select(i => top + i));
        Number(tree, "last_node").ShouldBe(top + accounts.Count);
        var inOrder = InOrder();
        inOrder.Count.ShouldBe(accounts.Count, "Some node is not reached from the root.");

        foreach (var node in nodes)
        {
            var number = Number(node, "id");
            var parent = node["parent"] is null ? null : byNumber[Number(node, "parent")];
            Number(node, "depth").ShouldBe(parent is null ? 0 : Number(parent, "depth") + 1);
            Number(node, "children").ShouldBe(Sides.Count(side => children.ContainsKey((number, side))));
            foreach (var side in Sides)
            {
                var head = Number(node, side + "_head");
                Number(byNumber[head], side + "_end").ShouldBe(End(number, side));
                head.ShouldBe(parent is not null && Text(node, "side") == side ? Number(parent, side + "_head") : number);
            }
        }

        Stored().ShouldBe(inOrder);
        foreach (var block in blocks.Where(block => Number(block, "container") != top)) ShouldHold(block, NodesOf(block));
        foreach (var container in blocks.Where(block => Number(block, "container") == top)) ShouldHold(container, [.. BlocksOf(container).SelectMany(NodesOf)]);
        blocks.Max(block => Number(block, "id")).ShouldBe(Number(tree, "last_block"));
    }

    private static void ShouldHold(JsonNode block, List<JsonNode> held)
    {
        Number(block, "nodes").ShouldBe(held.Count);
        var open = held.Where(node => Number(node, "children") < 2).Select(node => (long?)Number(node, "depth"));
        (block["open_depth"] is null ? null : (long?)Number(block, "open_depth")).ShouldBe(open.Min());
    }

    // Blocks by their labels, nodes by theirs.
    private IEnumerable<long> Stored() =>
        from container in blocks.Where(block => Number(block, "container") == top).OrderBy(block => Number(block, "label"))
        from block in BlocksOf(container)
        from node in NodesOf(block)
        select Number(node, "id");

    private IEnumerable<JsonNode> BlocksOf(JsonNode container) =>
        (blocksByContainer ??= blocks.ToLookup(block => Number(block, "container")))[Number(container, "id")].OrderBy(block => Number(block, "label"));

    private List<JsonNode> NodesOf(JsonNode block) =>
        [.. (nodesByBlock ??= nodes.ToLookup(node => Number(node, "block")))[Number(block, "id")].OrderBy(node => Number(node, "label"))];

    // Without recursion: a chain is as deep as it is long.
    private List<long> InOrder()
    {
        var order = new List<long>();
        var above = new Stack<long>();
        for (long? next = top + 1; next is not null || above.Count > 0;)
        {
            for (; next is { } number; next = Child(number, "left")) above.Push(number);
            var visited = above.Pop();
            order.Add(visited);
            next = Child(visited, "right");
        }

        return order;
    }

    private long Count(long number, string side)
    {
        var count = 0;
        var waiting = new Stack<long>();
        if (Child(number, side) is { } first) waiting.Push(first);
        while (waiting.TryPop(out var next))
        {
            count++;
            foreach (var each in Sides)
            {
                if (Child(next, each) is { } child) waiting.Push(child);
            }
        }

        return count;
    }

    private long End(long number, string side)
    {
        while (Child(number, side) is { } next) number = next;
        return number;
    }

    private long? Child(long number, string side) => children.TryGetValue((number, side), out var child) ? child : null;

    private static long Number(JsonNode row, string column) => row[column]!.GetValue<long>();

    private static string? Text(JsonNode row, string column) => row[column]?.GetValue<string>();
}

/// <summary>The rule of placement, written as it is said, walking the tree.</summary>
internal sealed class RuleTree
{
    private readonly Dictionary<(long Parent, TreeSide Side), long> children = [];
    private readonly Dictionary<long, TreePreference> preferences = [];
    private long last;

    public void Prefer(long number, TreePreference preference) => preferences[number] = preference;

    public TreeSpot? Place(long? sponsor)
    {
        if (++last == 1) return null;
        var spot = sponsor is { } inviter ? Below(inviter) : Nearest(1);
        children.Add((spot.Parent, spot.Side), last);
        return spot;
    }

    private TreeSpot Below(long sponsor)
    {
        switch (preferences[sponsor])
        {
            case TreePreference.Left: return Outermost(sponsor, TreeSide.Left);
            case TreePreference.Right: return Outermost(sponsor, TreeSide.Right);
            default:
                var side = Count(sponsor, TreeSide.Left) <= Count(sponsor, TreeSide.Right) ? TreeSide.Left : TreeSide.Right;
                return children.TryGetValue((sponsor, side), out var child) ? Nearest(child) : new TreeSpot(sponsor, side);
        }
    }

    private TreeSpot Outermost(long number, TreeSide side)
    {
        while (children.TryGetValue((number, side), out var child)) number = child;
        return new TreeSpot(number, side);
    }

    private TreeSpot Nearest(long from)
    {
        var waiting = new Queue<long>([from]);
        while (true)
        {
            var number = waiting.Dequeue();
            foreach (var side in (TreeSide[])[TreeSide.Left, TreeSide.Right])
            {
                if (!children.TryGetValue((number, side), out var child)) return new TreeSpot(number, side);
                waiting.Enqueue(child);
            }
        }
    }

    private int Count(long number, TreeSide side) =>
        children.TryGetValue((number, side), out var child) ? 1 + Count(child, TreeSide.Left) + Count(child, TreeSide.Right) : 0;
}
