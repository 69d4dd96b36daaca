namespace Poolhouse.Storage.BinaryTrees;

/// <summary>
/// Keeps blocks small. A tree's nodes from left to right are cut into blocks, and its blocks into containers (which are blocks too, and
/// the tree is their container): each knows how many nodes it holds and how deep its uppermost node with a free place is. Whoever calls holds the tree.
/// </summary>
internal sealed class TreeBlocks(DatabaseSession session, long tree, int most)
{
    /// <summary>More nodes in a block, or blocks in a container, make two of it. A search reads up to two of each.</summary>
    public const int Most = 128;

    /// <summary>What lies between labels that were given anew; between two of them forty more fit, halving each time.</summary>
    public const long Step = 1L << 40;

    /// <summary>A label between two; null where there is none left. Beyond the last one there is always room: 2^23 steps.</summary>
    public static long? Between(long? below, long? above) => (below, above) switch
    {
        (null, null) => 0,
        (null, { } first) => first - Step,
        ({ } last, null) => last + Step,
        ({ } low, { } high) => high - low > 1 ? low + ((high - low) / 2) : null,
    };

    /// <summary>Stores a block that holds nothing yet.</summary>
    public async ValueTask AddAsync(long id, long container, long label, CancellationToken ct) => await session
        .Statement(
            """
            insert into binary_tree_blocks (id, container, label, nodes, open_depth)
            values (@id, @container, @label, 0, null)
            """)
        .Bigint("id", id)
        .Bigint("container", container)
        .Bigint("label", label)
        .ExecuteAsync(ct);

    /// <summary>Stores which id was the last to be given to a block.</summary>
    public async ValueTask KeepLastAsync(long last, CancellationToken ct) => await session
        .Statement("update binary_trees set last_block = @last_block where top = @top")
        .Bigint("last_block", last)
        .Bigint("top", tree)
        .ExecuteAsync(ct);

    /// <summary>Halves a block that has become too large, and its container where that becomes too large by it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="container">Its container.</param>
    /// <param name="last">The newest block's id.</param>
    /// <param name="ct">Cancellation.</param>
    public async ValueTask SplitAsync(long block, long container, long last, CancellationToken ct)
    {
        var half = last + 1;
        await AddAsync(half, container, await LabelBehindAsync(block, container, ct), ct);
        await session
            .Statement(
                """
                update binary_tree_nodes
                set block = @half
                where block = @block and label >= (
                    select x.label
                    from binary_tree_nodes x
                    where x.block = @block
                    order by x.label
                    limit 1 offset @kept)
                """)
            .Bigint("half", half)
            .Bigint("block", block)
            .Bigint("kept", most / 2)
            .ExecuteAsync(ct);
        await CountNodesAsync(block, ct);
        await CountNodesAsync(half, ct);
        if (await CountBlocksAsync(container, ct) > most) await SplitContainerAsync(container, ++half, ct);
        await KeepLastAsync(half, ct);
    }

    /// <summary>Gives the nodes of a block new labels, as far apart as at first.</summary>
    public async ValueTask SpreadNodesAsync(long block, CancellationToken ct) => await session
        .Statement(
            """
            update binary_tree_nodes
            set label = r.place * @step
            from (
                select x.id as id, row_number() over (order by x.label) as place
                from binary_tree_nodes x
                where x.block = @block) r
            where binary_tree_nodes.id = r.id
            """)
        .Bigint("step", Step)
        .Bigint("block", block)
        .ExecuteAsync(ct);

    private async ValueTask SplitContainerAsync(long container, long half, CancellationToken ct)
    {
        await AddAsync(half, tree, await LabelBehindAsync(container, tree, ct), ct);
        await session
            .Statement(
                """
                update binary_tree_blocks
                set container = @half
                where container = @container and label >= (
                    select x.label
                    from binary_tree_blocks x
                    where x.container = @container
                    order by x.label
                    limit 1 offset @kept)
                """)
            .Bigint("half", half)
            .Bigint("container", container)
            .Bigint("kept", most / 2)
            .ExecuteAsync(ct);
        await SumBlocksAsync(container, ct);
        await SumBlocksAsync(half, ct);
    }

    private async ValueTask<long> LabelBehindAsync(long block, long container, CancellationToken ct)
    {
        var (label, next) = await FindLabelsAsync(block, container, ct);
        if (Between(label, next) is { } between) return between;
        await SpreadBlocksAsync(container, ct);
        (label, next) = await FindLabelsAsync(block, container, ct);
        return Between(label, next)!.Value;
    }

    private ValueTask<(long Label, long? Next)> FindLabelsAsync(long block, long container, CancellationToken ct) => session
        .Statement(
            """
            select b.label, (
                select min(x.label)
                from binary_tree_blocks x
                where x.container = @container and x.label > b.label)
            from binary_tree_blocks b
            where b.id = @id
            """)
        .Bigint("container", container)
        .Bigint("id", block)
        .FindAsync(static row => (row.GetInt64(0), row.BigintOrNull(1)), ct);

    private async ValueTask SpreadBlocksAsync(long container, CancellationToken ct) => await session
        .Statement(
            """
            update binary_tree_blocks
            set label = r.place * @step
            from (
                select x.id as id, row_number() over (order by x.label) as place
                from binary_tree_blocks x
                where x.container = @container) r
            where binary_tree_blocks.id = r.id
            """)
        .Bigint("step", Step)
        .Bigint("container", container)
        .ExecuteAsync(ct);

    private async ValueTask CountNodesAsync(long block, CancellationToken ct) => await session
        .Statement(
            """
            update binary_tree_blocks
            set nodes = (select count(*) from binary_tree_nodes x where x.block = @id),
                open_depth = (select min(x.depth) from binary_tree_nodes x where x.block = @id and x.children < 2)
            where id = @id
            """)
        .Bigint("id", block)
        .ExecuteAsync(ct);

    private async ValueTask SumBlocksAsync(long container, CancellationToken ct) => await session
        .Statement(
            """
            update binary_tree_blocks
            set nodes = (
                    select cast(coalesce(sum(x.nodes), 0) as bigint)
                    from binary_tree_blocks x
                    where x.container = @id),
                open_depth = (select min(x.open_depth) from binary_tree_blocks x where x.container = @id)
            where id = @id
            """)
        .Bigint("id", container)
        .ExecuteAsync(ct);

    private ValueTask<long> CountBlocksAsync(long container, CancellationToken ct) => session
        .Statement("select count(*) from binary_tree_blocks where container = @container")
        .Bigint("container", container)
        .FindAsync(static row => row.GetInt64(0), ct);
}
