using System.Globalization;
using Poolhouse.Core.Accounts.BinaryTree;
using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Limits;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.BinaryTree;

/// <summary>An account's place in the tree of its application, and the code by which it invites.</summary>
internal static class TreeRoutes
{
    private const int DefaultDepth = 3;
    private const int MostDepth = 10;

    private static readonly string[] Preferences = ["balanced", "left", "right"];

    /// <summary>Maps them.</summary>
    public static void MapBinaryTree(this RouteGroupBuilder api)
    {
        // Source 001: who is not signed in hears INVALID_CREDENTIALS here.
        api.MapGet("/binary-tree", GetAsync).RequireAccount("INVALID_CREDENTIALS").Limit(RateLimits.Reads);
        api.MapPatch("/binary-tree", PreferAsync).RequireAccount("INVALID_CREDENTIALS").Limit(RateLimits.Changes);
        api.MapGet("/referrals", GetReferralsAsync).RequireAccount().Limit(RateLimits.Reads);
    }

    /// <summary>A view as it is shown.</summary>
    public static TreeAnswer Of(TreeView view, int depth)
    {
        var own = view.Node;
        return new TreeAnswer(
            new TreeNodeAnswer(own.Member.PublicName, 0, own.PlacedAt, own.LeftCount, own.RightCount, null, null),
            view.Sponsor is { } sponsor ? new TreeSponsorAnswer(sponsor.PublicName) : null,
            Preferences[(int)view.Preference],
            depth,
            Of(own.Left),
            Of(own.Right));
    }

    private static async ValueTask<IResult> GetAsync(AccountCall call, IDatabase database, IntroducedAccounts introduced, CancellationToken ct)
    {
        var depth = ReadDepth(call);
        DemandTree(call);
        return Results.Json(Of(await ViewAsync(call, database, introduced, depth, ct), depth), AccountJson.Default.TreeAnswer);
    }

    private static async ValueTask<IResult> PreferAsync(AccountCall call, IDatabase database, IntroducedAccounts introduced, Audit audit, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.TreePreferenceBody, ct);
        var errors = new FieldErrors();
        errors.OneOf("preference", body.Preference, Preferences);
        errors.ThrowIfAny();
        DemandTree(call);
        var preference = (TreePreference)Array.IndexOf(Preferences, body.Preference);
        var entry = audit.Entry(call, "tree.preference_changed", body.Preference);
        await database.WriteAsync(
            async unit =>
            {
                await introduced.PlaceAsync(unit, call.Application, call.Account, call.Now, ct);
                await unit.BinaryTrees.PreferAsync(call.Application.Name, call.Account.Id, preference, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        return Results.Json(Of(await ViewAsync(call, database, introduced, 0, ct), 0), AccountJson.Default.TreeAnswer);
    }

    private static async ValueTask<IResult> GetReferralsAsync(AccountCall call, ReferralCodes codes, CancellationToken ct)
    {
        var own = await codes.OfAsync(call.Account, ct);
        return Results.Json(new ReferralsAnswer(own.Code.Value, own.Credits), AccountJson.Default.ReferralsAnswer);
    }

    // An account that was confirmed before its application had a tree is placed when it first looks.
    private static async ValueTask<TreeView> ViewAsync(AccountCall call, IDatabase database, IntroducedAccounts introduced, int depth, CancellationToken ct)
    {
        if (await FindAsync() is { } view) return view;
        await database.WriteAsync(
            async unit =>
            {
                await introduced.PlaceAsync(unit, call.Application, call.Account, call.Now, ct);
                return true;
            },
            ct);
        return await FindAsync() ?? throw Problems.NotFound();

        ValueTask<TreeView?> FindAsync() =>
            database.ReadAsync(stores => stores.BinaryTrees.ViewAsync(call.Application.Name, call.Account.Id, depth, ct), ct);
    }

    private static int ReadDepth(AccountCall call)
    {
        var text = call.Http.Request.Query["depth"];
        if (text.Count == 0) return DefaultDepth;
        if (text.Count == 1 && int.TryParse(text[0], NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth <= MostDepth) return depth;
        var errors = new FieldErrors();
        errors.Add("depth", "RANGE", $"0–{MostDepth}");
        throw Problems.Invalid(errors);
    }

    private static void DemandTree(AccountCall call)
    {
        if (!call.Application.HasTree) throw Problems.NotFound();
    }

    private static TreeNodeAnswer? Of(TreeNode? node) => node is null
        ? null
        : new TreeNodeAnswer(node.Member.PublicName, node.Level, node.PlacedAt, node.LeftCount, node.RightCount, Of(node.Left), Of(node.Right));
}

/// <summary><c>PATCH binary-tree</c>.</summary>
internal sealed record TreePreferenceBody(string? Preference);

/// <summary><c>GET binary-tree</c>.</summary>
/// <param name="Node">The caller's own node; its legs stand beside it.</param>
/// <param name="Sponsor">Who invited the caller; left out where nobody did.</param>
/// <param name="Preference"><c>balanced</c>, <c>left</c> or <c>right</c>: where those go whom the caller invites.</param>
/// <param name="Depth">How many levels below the own node are shown.</param>
/// <param name="Left">What is to the left; left out where nothing is.</param>
/// <param name="Right">What is to the right.</param>
internal sealed record TreeAnswer(TreeNodeAnswer Node, TreeSponsorAnswer? Sponsor, string Preference, int Depth, TreeNodeAnswer? Left, TreeNodeAnswer? Right);

/// <summary>A node. The name is a username or a first letter, and left out where the account is gone.</summary>
internal sealed record TreeNodeAnswer(
    string? Name, int Level, DateTimeOffset PlacedAt, long LeftCount, long RightCount, TreeNodeAnswer? Left, TreeNodeAnswer? Right);

/// <summary>Who invited.</summary>
internal sealed record TreeSponsorAnswer(string? Name);

/// <summary><c>GET referrals</c>.</summary>
/// <param name="Code">The caller's own code, as <c>sponsor_code</c> or <c>referral_code</c> of others.</param>
/// <param name="Credits">How many confirmed accounts it brought.</param>
internal sealed record ReferralsAnswer(string Code, long Credits);
