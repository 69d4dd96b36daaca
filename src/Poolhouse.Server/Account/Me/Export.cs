using System.Buffers;
using System.Text.Json;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;

namespace Poolhouse.Server.Account.Me;

/// <summary>What a slice keeps about a person, for the person to have (GDPR Art. 15, 20). Each slice that keeps something brings one.</summary>
internal interface IAccountExportPart
{
    /// <summary>The member's name, snake_case.</summary>
    string Name { get; }

    /// <summary>Writes one JSON value: no secret, no hash, nobody else's data.</summary>
    ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct);
}

/// <summary><c>GET me/export</c>: everything that is stored about the caller, as one JSON download.</summary>
internal sealed class Export(IEnumerable<IAccountExportPart> parts, ProtectionOfActions protection, Audit audit)
{
    /// <summary>Answers the route.</summary>
    public async ValueTask<IResult> GetAsync(AccountCall call, CancellationToken ct)
    {
        await protection.DemandAsync(call, SensitiveAction.ExportData, ct);
        var bytes = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("exported_at", call.Now);
            foreach (var part in parts.OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                json.WritePropertyName(part.Name);
                await part.WriteAsync(json, call, ct);
            }

            json.WriteEndObject();
        }

        await audit.RecordAsync(call, "data.exported", ct);
        call.Http.Response.Headers.ContentDisposition = "attachment; filename=\"account.json\"";
        call.Http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes.WrittenMemory.ToArray(), "application/json");
    }
}

/// <summary>Profile.</summary>
internal sealed class ProfileExport(Profile profile) : IAccountExportPart
{
    public string Name => "profile";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct) =>
        JsonSerializer.Serialize(json, await profile.ReadAsync(call, call.Account, ct), AccountJson.Default.ProfileAnswer);
}

/// <summary>What happened to the account.</summary>
internal sealed class HistoryExport(History history) : IAccountExportPart
{
    private const int Most = 10_000;

    public string Name => "history";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct) =>
        JsonSerializer.Serialize(json, new HistoryAnswer(await history.ReadAsync(call.Account, DateTimeOffset.MaxValue, Most, ct), null), AccountJson.Default.HistoryAnswer);
}

/// <summary>Which security questions were answered; the answers are hashed, and no export brings them back.</summary>
internal sealed class QuestionsExport(IDatabase database) : IAccountExportPart
{
    public string Name => "security_questions";

    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        json.WriteStartArray();
        foreach (var answer in await database.ReadAsync(stores => stores.SecurityAnswers.ListAsync(call.Account.Id, ct), ct)) json.WriteStringValue(answer.Question);
        json.WriteEndArray();
    }
}
