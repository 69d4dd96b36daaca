using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Accounts.BinaryTree;

/// <summary>
/// Gives an account its place, once. The sponsor's preference chooses the leg; where the place there is taken, it spills over downwards:
/// to the outer end of the leg for <see cref="TreePreference.Left"/> and <see cref="TreePreference.Right"/>, else to the free place nearest to the
/// sponsor, left before right. Without a sponsor it is the free place nearest to the root.
/// </summary>
public static class TreePlacement
{
    /// <summary>Places the account, or answers the place that it has; safe to repeat.</summary>
    /// <param name="trees">The trees, in a unit of work; it holds the application's tree until it ends, so place last.</param>
    /// <param name="application">The tree.</param>
    /// <param name="account">Who is placed.</param>
    /// <param name="sponsor">Who invited; null, gone or without a place in this tree: nobody.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    public static async ValueTask<TreePlace> PlaceAsync(
        IBinaryTreeStore trees, string application, AccountId account, AccountId? sponsor, DateTimeOffset now, CancellationToken ct)
    {
        var tree = await trees.HoldAsync(application, ct);
        if (await trees.FindAsync(application, account, ct) is { } known) return known;
        if (tree.LastNode == tree.Id) return await trees.AddRootAsync(tree, account, now, ct);

        var inviter = sponsor is { } id ? await trees.FindAsync(application, id, ct) : null;
        var spot = inviter is null ? await trees.NearestAsync(tree, ct) : await SpotOfAsync(trees, inviter, ct);
        return await trees.AddAsync(tree, account, inviter, spot, now, ct);
    }

    private static async ValueTask<TreeSpot> SpotOfAsync(IBinaryTreeStore trees, TreePlace inviter, CancellationToken ct)
    {
        switch (inviter.Preference)
        {
            case TreePreference.Left:
                return new TreeSpot(inviter.LeftEnd, TreeSide.Left);
            case TreePreference.Right:
                return new TreeSpot(inviter.RightEnd, TreeSide.Right);
            default:
                var legs = await trees.CountLegsAsync(inviter, ct);
                return await trees.NearestAsync(inviter, legs.Left <= legs.Right ? TreeSide.Left : TreeSide.Right, ct);
        }
    }
}
