namespace Poolhouse.Tree;

/// <summary>A whole tree in memory, as the store would have kept it; the nodes are numbered from 1 in the order in which they came.</summary>
internal sealed class Shape
{
    // As full as blocks are on the average: they are halved at 128.
    private const int Filling = 96;

    private readonly int[] left;
    private readonly int[] right;

    private Shape(string name, int count)
    {
        Name = name;
        Count = count;
        (left, right, Parent, Depth) = (new int[count + 1], new int[count + 1], new int[count + 1], new int[count + 1]);
    }

    /// <summary>Of the tree, and its application's.</summary>
    public string Name { get; }

    /// <summary>How many nodes.</summary>
    public int Count { get; }

    /// <summary>Of each node; 0 above the root.</summary>
    public int[] Parent { get; }

    /// <summary>Of each node.</summary>
    public int[] Depth { get; }

    /// <summary>Without a sponsor everybody goes to the nearest place: every level is full.</summary>
    public static Shape Full(int count)
    {
        var shape = new Shape("full", count);
        for (var i = 2; i <= count; i++) shape.Put(i, i / 2, i % 2 == 0);
        return shape;
    }

    /// <summary>Everybody invites the next one to the left.</summary>
    public static Shape Chain(int count)
    {
        var shape = new Shape("chain", count);
        for (var i = 2; i <= count; i++) shape.Put(i, i - 1, isLeft: true);
        return shape;
    }

    /// <summary>Each is invited by somebody drawn at random and goes down from there, left or right at random.</summary>
    public static Shape Scattered(int count)
    {
        var shape = new Shape("scattered", count);
        var random = new Random(1);
        for (var i = 2; i <= count; i++)
        {
            var at = random.Next(1, i);
            while (true)
            {
                var isLeft = random.Next(2) == 0;
                var next = isLeft ? shape.left[at] : shape.right[at];
                if (next == 0)
                {
                    shape.Put(i, at, isLeft);
                    break;
                }

                at = next;
            }
        }

        return shape;
    }

    /// <summary>Whether it is its parent's left child.</summary>
    public bool IsLeft(int node) => left[Parent[node]] == node;

    /// <summary>Rows of the nodes and of the blocks, in the order of the tables' columns; see decision 15.</summary>
    public (IEnumerable<object?[]> Nodes, List<object?[]> Blocks, long LastBlock) Rows(long top)
    {
        var (leftHead, rightHead, leftEnd, rightEnd) = (new int[Count + 1], new int[Count + 1], new int[Count + 1], new int[Count + 1]);
        for (var i = 1; i <= Count; i++)
        {
            leftHead[i] = i > 1 && IsLeft(i) ? leftHead[Parent[i]] : i;
            rightHead[i] = i > 1 && !IsLeft(i) ? rightHead[Parent[i]] : i;
            leftEnd[leftHead[i]] = i;
            rightEnd[rightHead[i]] = i;
        }

        var order = InOrder();
        var (blockOf, labelOf) = (new long[Count + 1], new long[Count + 1]);
        var blocks = new List<object?[]>();
        var last = top;
        for (var start = 0; start < order.Count; start += Filling * Filling)
        {
            var container = ++last;
            var end = Math.Min(order.Count, start + (Filling * Filling));
            blocks.Add([container, top, (long)blocks.Count << 40, (long)(end - start), Least(order, start, end)]);
            for (var from = start; from < end; from += Filling)
            {
                var block = ++last;
                var to = Math.Min(end, from + Filling);
                blocks.Add([block, container, (long)blocks.Count << 40, (long)(to - from), Least(order, from, to)]);
                for (var i = from; i < to; i++) (blockOf[order[i]], labelOf[order[i]]) = (block, (long)(i - from) << 40);
            }
        }

        return (Nodes(), blocks, last);

        IEnumerable<object?[]> Nodes()
        {
            for (var i = 1; i <= Count; i++)
            {
                yield return
                [
                    top + i, top, Account(i), i == 1 ? null : top + Parent[i], i == 1 ? null : top + Parent[i], i == 1 ? null : IsLeft(i) ? "left" : "right",
                    (long)Depth[i], (left[i] > 0 ? 1L : 0) + (right[i] > 0 ? 1 : 0), "balanced", top + leftHead[i], leftHead[i] == i ? top + leftEnd[i] : null,
                    top + rightHead[i], rightHead[i] == i ? top + rightEnd[i] : null, blockOf[i], labelOf[i], 0L,
                ];
            }
        }
    }

    /// <summary>A node's account.</summary>
    public string Account(int node) => $"{Name}-{node}";

    private long? Least(List<int> order, int from, int to)
    {
        long? least = null;
        for (var i = from; i < to; i++)
            if ((left[order[i]] == 0 || right[order[i]] == 0) && (least is null || Depth[order[i]] < least)) least = Depth[order[i]];
        return least;
    }

    private List<int> InOrder()
    {
        var order = new List<int>(Count);
        var above = new Stack<int>();
        for (var next = 1; next != 0 || above.Count > 0;)
        {
            for (; next != 0; next = left[next]) above.Push(next);
            var top = above.Pop();
            order.Add(top);
            next = right[top];
        }

        return order;
    }

    private void Put(int node, int parent, bool isLeft)
    {
        (Parent[node], Depth[node]) = (parent, Depth[parent] + 1);
        (isLeft ? left : right)[parent] = node;
    }
}
