using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>What a person does with documents of their own.</summary>
internal sealed class KycUploading(KycUploads uploads, UploadSlots slots, KycSignal signal, IDatabase database, Audit audit)
{
    /// <summary><c>POST kyc/documents</c></summary>
    public async Task<IResult> UploadAsync(AccountCall call, CancellationToken ct)
    {
        using var slot = slots.Take(call.Account.Id) ?? throw Problems.Unavailable();
        var form = await KycForm.ReadAsync(call.Http, ct);
        var outcome = await uploads.TakeAsync(call.Account, form.Kind, form.File, document => audit.Entry(call, "kyc.uploaded", document.Id), call.Now, ct);
        var document = outcome switch
        {
            KycUploadOutcome.Taken taken => taken.Document,
            KycUploadOutcome.Infected => throw Problems.Of("FILE_INFECTED"),
            KycUploadOutcome.QuotaExceeded => throw new ProblemException(429, "KYC_QUOTA_EXCEEDED") { RetryAfterSeconds = SecondsOfDay(call.Now) },
            KycUploadOutcome.Refused refused => throw Problems.Of(Code(refused.Defect)),
            _ => throw Problems.Unavailable(),
        };
        return Results.Json(KycDocumentAnswer.Of(document), AccountJson.Default.KycDocumentAnswer, statusCode: StatusCodes.Status201Created);
    }

    /// <summary><c>GET kyc/documents</c></summary>
    public async Task<IResult> ListAsync(AccountCall call, CancellationToken ct)
    {
        var documents = await database.ReadAsync(stores => stores.Kyc.ListAsync(call.Account.Id, ct), ct);
        return Results.Json(new KycDocumentsAnswer([.. documents.Select(document => KycDocumentAnswer.Of(document))]), AccountJson.Default.KycDocumentsAnswer);
    }

    /// <summary><c>GET kyc</c></summary>
    public async Task<IResult> StatusAsync(AccountCall call, CancellationToken ct)
    {
        var status = KycStatus.Of(await database.ReadAsync(stores => stores.Kyc.ListAsync(call.Account.Id, ct), ct));
        return Results.Json(new KycStatusAnswer(status.State is { } state ? KycWords.Of(state) : "none", status.Reason), AccountJson.Default.KycStatusAnswer);
    }

    /// <summary><c>DELETE kyc/documents/{id}</c>, while it waits.</summary>
    public async Task<IResult> DeleteAsync(AccountCall call, string id, CancellationToken ct)
    {
        var entry = audit.Entry(call, "kyc.deleted", id);
        var isDeleted = await database.WriteAsync(
            async unit =>
            {
                if (!await unit.Kyc.DeletePendingAsync(id, call.Account.Id, call.Now, ct)) return false;
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        if (isDeleted)
        {
            signal.Notify();
            return Results.NoContent();
        }

        var document = await database.ReadAsync(stores => stores.Kyc.FindAsync(id, ct), ct);
        throw document?.AccountId == call.Account.Id ? Problems.Of("KYC_ALREADY_REVIEWED") : Problems.NotFound();
    }

    private static string Code(FileDefect defect) => defect switch
    {
        FileDefect.ActiveContent => "FILE_HAS_ACTIVE_CONTENT",
        FileDefect.Encrypted => "FILE_ENCRYPTED",
        FileDefect.TooLargeUnpacked => "FILE_TOO_LARGE",
        FileDefect.TooManyPages => "FILE_TOO_MANY_PAGES",
        FileDefect.TooManyPixels => "FILE_TOO_MANY_PIXELS",
        FileDefect.UnknownType => "FILE_TYPE_NOT_ACCEPTED",
        FileDefect.Unsupported => "FILE_NOT_SUPPORTED",
        _ => "FILE_MALFORMED",
    };

    // Days are UTC's.
    private static int SecondsOfDay(DateTimeOffset now) => 86_400 - (int)now.UtcDateTime.TimeOfDay.TotalSeconds;
}
