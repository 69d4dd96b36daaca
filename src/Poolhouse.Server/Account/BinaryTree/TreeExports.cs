using System.Text.Json;
using Poolhouse.Core.Accounts.Referrals;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.BinaryTree;

/// <summary>The account's place in the tree; who is below it is other people's.</summary>
internal sealed class TreeExport(IDatabase database) : IAccountExportPart
{
    public string Name => "binary_tree";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        var view = await database.ReadAsync(stores => stores.BinaryTrees.ViewAsync(call.Application.Name, call.Account.Id, 0, ct), ct);
        if (view is null) json.WriteNullValue();
        else JsonSerializer.Serialize(json, TreeRoutes.Of(view, 0), AccountJson.Default.TreeAnswer);
    }
}

/// <summary>The account's own code.</summary>
internal sealed class ReferralsExport(ReferralCodes codes) : IAccountExportPart
{
    public string Name => "referrals";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        var own = await codes.OfAsync(call.Account, ct);
        JsonSerializer.Serialize(json, new ReferralsAnswer(own.Code.Value, own.Credits), AccountJson.Default.ReferralsAnswer);
    }
}
