using System.Data.Common;

namespace Poolhouse.Storage.BinaryTrees;

/// <summary>
/// Where a node stands when a tree is read from left to right: its block's place among the blocks of a container, the container's among
/// all of them, and its own within its block. Below a node stand exactly those between the ends of its legs.
/// </summary>
/// <param name="Id">The node.</param>
/// <param name="Container">Its block's container.</param>
/// <param name="ContainerLabel">The container's label.</param>
/// <param name="Block">Its block.</param>
/// <param name="BlockLabel">The block's label.</param>
/// <param name="Label">Its label.</param>
/// <param name="Rank">How many nodes stand before it.</param>
internal sealed record TreePosition(long Id, long Container, long ContainerLabel, long Block, long BlockLabel, long Label, long Rank)
{
    /// <summary>What <see cref="Read"/> reads, of a node n in a block b in a container c.</summary>
    public const string Columns = $"n.id, b.container, c.label, n.block, b.label, n.label, {Before}";

    /// <summary>Joins block and container to a node n.</summary>
    public const string Joins =
        """
        join binary_tree_blocks b on b.id = n.block
        join binary_tree_blocks c on c.id = b.container
        """;

    /// <summary>How many nodes stand before a node n of a block b within their container. Each part reads a bounded range of an index.</summary>
    public const string BeforeInContainer =
        """
        (select count(*) from binary_tree_nodes x where x.block = n.block and x.label < n.label)
        + (select cast(coalesce(sum(x.nodes), 0) as bigint) from binary_tree_blocks x where x.container = b.container and x.label < b.label)
        """;

    private const string Before =
        $"""
        {BeforeInContainer}
        + (select cast(coalesce(sum(x.nodes), 0) as bigint) from binary_tree_blocks x where x.container = c.container and x.label < c.label)
        """;

    /// <summary>Reads <see cref="Columns"/>.</summary>
    public static TreePosition Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
}
