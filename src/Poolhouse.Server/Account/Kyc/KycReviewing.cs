using Microsoft.Net.Http.Headers;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>What operators do with documents of their application.</summary>
internal sealed class KycReviewing(KycReviews reviews, IDatabase database, Audit audit)
{
    private const int PageSize = 30;
    private const int LongestReason = 500;
    private const int LongestCursor = 100;

    /// <summary><c>GET kyc/reviews</c>: what waits, the oldest first.</summary>
    public async Task<IResult> ListAsync(AccountCall call, string? after, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.OptionalText("after", after, LongestCursor);
        errors.ThrowIfAny();
        var page = await database.ReadAsync(stores => stores.Kyc.ListPendingAsync(call.Application.Name, PageSize, after, ct), ct);
        return Results.Json(new KycReviewsAnswer([.. page.Items.Select(document => KycDocumentAnswer.Of(document, forOperator: true))], page.Next), AccountJson.Default.KycReviewsAnswer);
    }

    /// <summary><c>POST kyc/documents/{id}/review</c></summary>
    public async Task<IResult> DecideAsync(AccountCall call, string id, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.KycReviewBody, ct);
        var errors = new FieldErrors();
        errors.OneOf("decision", body.Decision, "approved", "rejected");
        if (body.Decision == "rejected") errors.Text("reason", body.Reason?.Trim(), LongestReason);
        else errors.OptionalText("reason", body.Reason, LongestReason);
        errors.ThrowIfAny();
        var decision = KycWords.State(body.Decision)!.Value;
        var outcome = await reviews.DecideAsync(
            call.Account, id, decision, body.Reason?.Trim(), document => audit.Entry(call, $"kyc.{body.Decision}", document.Id, document.AccountId), call.Now, ct);
        return outcome switch
        {
            KycReviewOutcome.Decided decided => Results.Json(KycDocumentAnswer.Of(decided.Document, forOperator: true), AccountJson.Default.KycDocumentAnswer),
            KycReviewOutcome.AlreadyDecided => throw Problems.Of("KYC_ALREADY_REVIEWED"),
            KycReviewOutcome.OwnDocument => throw Problems.Forbidden(),
            _ => throw Problems.NotFound(),
        };
    }

    /// <summary>
    /// <c>GET kyc/documents/{id}/content</c>: the file, decrypted. The view is in the audit log before a byte of it leaves. Shown by a browser it may do nothing:
    /// it is saved, not opened, of the type that was checked, and in a sandbox (ASVS 5.0: 5.4.1, 5.4.2).
    /// </summary>
    public async Task<IResult> OpenAsync(AccountCall call, string id, CancellationToken ct)
    {
        if (await reviews.FindAsync(call.Account, id, ct) is not { } document) throw Problems.NotFound();
        var file = await OpenAsync(document, ct) ?? throw Problems.Of("KYC_CONTENT_ERASED");
        await audit.RecordAsync(call, "kyc.viewed", ct, document.Id, document.AccountId);
        var headers = call.Http.Response.Headers;
        // A name of our own making; the sender's was never kept.
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName($"{KycWords.Of(document.Kind)}-{document.Id}{document.Type.Extension()}");
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        return Results.Bytes(file, document.Type.MediaType());
    }

    private async ValueTask<byte[]?> OpenAsync(KycDocument document, CancellationToken ct)
    {
        try
        {
            return await reviews.OpenAsync(document, ct);
        }
        catch (ObjectStoreException)
        {
            throw Problems.Unavailable();
        }
    }
}
