using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>
/// <c>PUT</c> of a job's file, by the address that CreateUserImportJob answered; again replaces it, until the job starts. Errors are S3's,
/// which is what is behind the address at Amazon. The header <c>x-amz-server-side-encryption:aws:kms</c> that Amazon's guide has curl send
/// changes nothing: files are sealed anyway.
/// </summary>
internal sealed class UploadEndpoint(UploadAddresses addresses, ImportFiles files, IDatabase database, TimeProvider clock, IOptions<ServerOptions> options)
{
    private readonly long _maximum = options.Value.ImportMegabytes * 1024L * 1024L;

    /// <summary>Takes the file, or says why not before it is read.</summary>
    public async Task<IResult> PutAsync(HttpContext http, string poolId, string jobId, CancellationToken ct)
    {
        var query = http.Request.Query;
        if (!addresses.IsValid(poolId, jobId, query["expires"], query["signature"], clock.GetUtcNow()))
            return Error(StatusCodes.Status403Forbidden, "AccessDenied", "The signature is wrong or has expired.");
        var job = await database.ReadAsync(stores => stores.Imports.FindAsync(new PoolId(poolId), jobId, ct), ct);
        if (job?.At(clock.GetUtcNow()) is not { State: ImportState.Created }) return TooLate();
        if (http.Request.ContentLength > _maximum) return TooLarge();
        // The server's own limit is for bodies that are read into memory; what is read here is counted.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            return await files.KeepAsync(job, http.Request.Body, _maximum, clock, ct) switch
            {
                UploadOutcome.Kept => Results.Ok(),
                UploadOutcome.TooLong => TooLarge(),
                UploadOutcome.Empty => Error(StatusCodes.Status400BadRequest, "MissingRequestBodyError", "The body is empty."),
                _ => TooLate(),
            };
        }
        catch (Exception gone) when (gone is ConnectionResetException or BadHttpRequestException or OperationCanceledException)
        {
            // Whoever sent it hung up: nobody reads the answer, and nothing was kept.
            return Error(StatusCodes.Status400BadRequest, "IncompleteBody", "The body ended before it was complete.");
        }
    }

    private static IResult TooLarge() => Error(StatusCodes.Status413PayloadTooLarge, "EntityTooLarge", "The file is larger than the maximum.");

    private static IResult TooLate() => Error(StatusCodes.Status409Conflict, "InvalidObjectState", "The user import job does not take a file any more.");

    private static IResult Error(int status, string code, string message) => Results.Text(
        $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""", "application/xml", Encoding.UTF8, status);
}
