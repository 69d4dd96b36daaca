namespace Poolhouse.Core.Accounts.BinaryTree;

/// <summary>Where a node hangs below its parent.</summary>
public enum TreeSide
{
    /// <summary>The left leg.</summary>
    Left,

    /// <summary>The right leg.</summary>
    Right,
}

/// <summary>In which leg the people whom an account invites are placed.</summary>
public enum TreePreference
{
    /// <summary>In the leg with fewer people, the left one where both have as many.</summary>
    Balanced,

    /// <summary>At the outer end of the left leg.</summary>
    Left,

    /// <summary>At the outer end of the right leg.</summary>
    Right,
}

/// <summary>An account's place. It never moves; when the account goes, the place stays and is nobody's.</summary>
public sealed record TreePlace
{
    /// <summary>The node's id: in the order in which nodes came into their tree.</summary>
    public required long Id { get; init; }

    /// <summary>Its tree's id.</summary>
    public required long Tree { get; init; }

    /// <summary>The node of who invited; null where nobody did.</summary>
    public long? Sponsor { get; init; }

    /// <summary>The node above; null for the root.</summary>
    public long? Parent { get; init; }

    /// <summary>On which side of it; null for the root.</summary>
    public TreeSide? Side { get; init; }

    /// <summary>How far below the root; 0 for the root.</summary>
    public required long Depth { get; init; }

    /// <summary>Whether it has been given just now.</summary>
    public bool IsNew { get; init; }

    /// <summary>Where those go whom this account invites.</summary>
    public TreePreference Preference { get; init; }

    /// <summary>Where one arrives by going left until there is nothing left of it; the node itself where nothing is.</summary>
    public required long LeftEnd { get; init; }

    /// <summary>The same to the right.</summary>
    public required long RightEnd { get; init; }
}

/// <summary>A free place: the side of a node where nobody is.</summary>
public sealed record TreeSpot(long Parent, TreeSide Side);

/// <summary>A tree that this unit of work holds: nobody else places in it until the unit ends.</summary>
/// <param name="Id">Its id; ids of nodes and of blocks follow it.</param>
/// <param name="LastNode">The newest node's id; the tree's own where it is empty.</param>
/// <param name="LastBlock">The newest block's id (see decision 15); the tree's own where it is empty.</param>
public sealed record HeldTree(long Id, long LastNode, long LastBlock);
