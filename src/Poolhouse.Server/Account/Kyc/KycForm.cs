using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Accounts.Kyc.Files;

namespace Poolhouse.Server.Account.Kyc;

/// <summary>The form of an upload: RFC 7578 with the fields <c>kind</c> and <c>file</c>, in any order. The file's name and declared type are not looked at.</summary>
/// <param name="Kind">What the person says it is.</param>
/// <param name="File">The content.</param>
internal sealed record KycForm(KycKind Kind, ReadOnlyMemory<byte> File)
{
    // Beside the file: boundaries, headers, and the other field.
    private const int LongestRest = 16 * 1024;
    private const int LongestKind = 100;
    private const int LongestBoundary = 70;

    /// <summary>Reads it, never more than a file may have.</summary>
    /// <exception cref="ProblemException">VALIDATION_FAILED (400, 415), FILE_TOO_LARGE (413).</exception>
    public static async ValueTask<KycForm> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw Problems.Malformed(415, "Send multipart/form-data with the fields kind and file.");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > LongestBoundary) throw NotTheForm();
        if (http.Request.ContentLength > FileLimits.Bytes + LongestRest) throw Problems.Of("FILE_TOO_LARGE");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most) most.MaxRequestBodySize = FileLimits.Bytes + LongestRest;
        try
        {
            return await ReadAsync(new MultipartReader(boundary.ToString(), http.Request.Body), ct);
        }
        catch (Exception malformed) when (malformed is InvalidDataException || (malformed is IOException && malformed is not BadHttpRequestException))
        {
            // What MultipartReader says to bodies that end too early, and to too many or too long headers.
            throw NotTheForm();
        }
        catch (BadHttpRequestException refused)
        {
            throw refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.Of("FILE_TOO_LARGE") : NotTheForm();
        }
    }

    private static async ValueTask<KycForm> ReadAsync(MultipartReader reader, CancellationToken ct)
    {
        reader.HeadersLengthLimit = LongestRest;
        var errors = new FieldErrors();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? word = null;
        ReadOnlyMemory<byte> file = default;
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            var field = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString() : "";
            if (field is not ("kind" or "file") || !seen.Add(field)) throw NotTheForm();
            if (field == "file") file = await ReadAllAsync(section.Body, FileLimits.Bytes, ct) ?? throw Problems.Of("FILE_TOO_LARGE");
            else word = await ReadAllAsync(section.Body, LongestKind, ct) is { } text ? System.Text.Encoding.UTF8.GetString(text.Span) : "";
        }

        if (file.IsEmpty) errors.Missing("file");
        errors.OneOf("kind", word, [.. KycWords.AllKinds]);
        errors.ThrowIfAny();
        return new KycForm(KycWords.Kind(word)!.Value, file);
    }

    // Null beyond the limit.
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAllAsync(Stream body, int most, CancellationToken ct)
    {
        var buffer = new byte[Math.Min(most, 64 * 1024) + 1];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, most + 1L));
            var read = await body.ReadAsync(buffer.AsMemory(length), ct);
            if (read == 0) return buffer.AsMemory(0, length);
            length += read;
            if (length > most) return null;
        }
    }

    private static ProblemException NotTheForm() => Problems.Malformed(400, "Send multipart/form-data with the fields kind and file, each once.");
}
