namespace Poolhouse.Core.Accounts.BinaryTree;

/// <summary>What an account sees of its tree: its own node with what is below it, and who invited it.</summary>
/// <param name="Preference">Where those go whom it invites.</param>
/// <param name="Sponsor">Who invited it; null where nobody did.</param>
/// <param name="Node">Its node with the legs below.</param>
public sealed record TreeView(TreePreference Preference, TreeMember? Sponsor, TreeNode Node);

/// <summary>A node with what is below it, as far down as was asked.</summary>
public sealed record TreeNode
{
    /// <summary>Whose it is.</summary>
    public required TreeMember Member { get; init; }

    /// <summary>How far below the node that was asked for; 0 for that one.</summary>
    public required int Level { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>How many are in its left leg, to the bottom of the tree.</summary>
    public required long LeftCount { get; init; }

    /// <summary>How many are in its right leg.</summary>
    public required long RightCount { get; init; }

    /// <summary>The node to the left; null where there is none, or where the view ends.</summary>
    public TreeNode? Left { get; init; }

    /// <summary>The node to the right.</summary>
    public TreeNode? Right { get; init; }
}

/// <summary>What is kept of a node's account.</summary>
/// <param name="Username">The name it chose; null where it has none.</param>
/// <param name="Email">Its address; null where it has none, or the account is gone.</param>
public sealed record TreeMember(string? Username, string? Email)
{
    /// <summary>
    /// What others in the tree read: the chosen name, or the first letter of the address and never more of it; null where there is neither.
    /// </summary>
    public string? PublicName => Username ?? (Email is { Length: > 0 } ? char.ToUpperInvariant(Email[0]).ToString() : null);
}
