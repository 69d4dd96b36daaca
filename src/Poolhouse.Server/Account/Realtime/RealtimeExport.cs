using System.Text.Json;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>How the WebSocket API knows a person. Their tokens are secrets, which no export brings back.</summary>
internal sealed class RealtimeExport(IDatabase database) : IAccountExportPart
{
    private const int Most = 100;

    public string Name => "realtime";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        var (user, signIns) = await database.ReadAsync(
            async stores => (await stores.Realtime.FindAsync(call.Account.Id, ct), await stores.Realtime.ListSignInsAsync(call.Account.Id, Most, ct)), ct);
        json.WriteStartObject();
        if (user is not null)
        {
            json.WriteString("cog_id", user.CogId);
            json.WriteString("email", user.Email);
            json.WriteString("created_at", user.CreatedAt);
        }

        json.WriteStartArray("sign_ins");
        foreach (var signIn in signIns)
        {
            json.WriteStartObject();
            json.WriteString("stored_at", signIn.StoredAt);
            json.WriteString("expires_at", signIn.ExpiresAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
