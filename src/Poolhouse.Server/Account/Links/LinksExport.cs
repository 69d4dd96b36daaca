using System.Text.Json;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Links;

/// <summary>Links to accounts of other applications.</summary>
internal sealed class LinksExport(LinkList links) : IAccountExportPart
{
    public string Name => "links";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct) =>
        JsonSerializer.Serialize(json, await links.ReadAsync(call.Account, ct), AccountJson.Default.LinksAnswer);
}
