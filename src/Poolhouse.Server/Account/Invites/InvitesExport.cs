using System.Text.Json;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Invites;

/// <summary>Whom the person invited, and when; the addresses are their own input.</summary>
internal sealed class InvitesExport(IDatabase database) : IAccountExportPart
{
    private const int Page = 200;

    public string Name => "invites";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        json.WriteStartArray();
        string? before = null;
        do
        {
            var page = await database.ReadAsync(stores => stores.Invites.ListAsync(call.Application.Name, call.Account.Id, Page, before, ct), ct);
            foreach (var invite in page.Items) JsonSerializer.Serialize(json, InviteAnswer.Of(invite, call.Now), AccountJson.Default.InviteAnswer);
            before = page.Next;
        }
        while (before is not null);
        json.WriteEndArray();
    }
}
