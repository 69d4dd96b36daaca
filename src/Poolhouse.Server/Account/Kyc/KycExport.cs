using System.Text.Json;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Me;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>Identity documents with their decisions. Without the files, which the person has and which would make the download some hundred megabytes.</summary>
internal sealed class KycExport(IDatabase database) : IAccountExportPart
{
    /// <inheritdoc/>
    public string Name => "kyc_documents";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(Utf8JsonWriter json, AccountCall call, CancellationToken ct)
    {
        var documents = await database.ReadAsync(stores => stores.Kyc.ListAsync(call.Account.Id, ct), ct);
        JsonSerializer.Serialize(json, [.. documents.Select(document => KycDocumentAnswer.Of(document))], AccountJson.Default.IReadOnlyListKycDocumentAnswer);
    }
}
