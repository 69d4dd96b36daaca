using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.BinaryTree;

namespace Poolhouse.Core.Stores;

/// <summary>The applications' binary trees. No call costs more in a larger tree than a few hundred rows, whatever its shape; see decision 15.</summary>
public interface IBinaryTreeStore
{
    /// <summary>Makes the tree where there is none, and holds it until the unit ends.</summary>
    ValueTask<HeldTree> HoldAsync(string application, CancellationToken ct);

    /// <summary>The account's place, or null.</summary>
    ValueTask<TreePlace?> FindAsync(string application, AccountId account, CancellationToken ct);

    /// <summary>How many are in the two legs of a node, to the bottom of the tree.</summary>
    ValueTask<(long Left, long Right)> CountLegsAsync(TreePlace place, CancellationToken ct);

    /// <summary>The first free place of the tree in breadth-first order, left before right. The tree has a root.</summary>
    ValueTask<TreeSpot> NearestAsync(HeldTree tree, CancellationToken ct);

    /// <summary>The first free place of a leg in breadth-first order, left before right.</summary>
    ValueTask<TreeSpot> NearestAsync(TreePlace place, TreeSide leg, CancellationToken ct);

    /// <summary>Places the first account.</summary>
    ValueTask<TreePlace> AddRootAsync(HeldTree tree, AccountId account, DateTimeOffset now, CancellationToken ct);

    /// <summary>Places an account that has no place yet. The database refuses a spot that is taken.</summary>
    ValueTask<TreePlace> AddAsync(HeldTree tree, AccountId account, TreePlace? sponsor, TreeSpot spot, DateTimeOffset now, CancellationToken ct);

    /// <summary>Says where those go whom the account invites from now on; false where it has no place.</summary>
    ValueTask<bool> PreferAsync(string application, AccountId account, TreePreference preference, CancellationToken ct);

    /// <summary>The account's node with what is below it; null where it has no place.</summary>
    /// <param name="application">The tree.</param>
    /// <param name="account">Whose.</param>
    /// <param name="depth">How many levels below it; 0–10.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask<TreeView?> ViewAsync(string application, AccountId account, int depth, CancellationToken ct);
}
