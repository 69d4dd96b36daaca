using System.Buffers;
using System.Text.Json;
using Poolhouse.Core.Identities.Access;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol;
using Poolhouse.Server.Telemetry;
using Poolhouse.Server.Wire.Quotas;
using Poolhouse.Storage;

namespace Poolhouse.Server.Wire;

/// <summary>
/// <c>POST /</c>: AWS JSON 1.1 for every service here. The one parse, the one catch, the one serializer.
/// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
/// </summary>
internal sealed partial class CognitoEndpoint(
    IEnumerable<OperationTable> tables,
    IServiceProvider services,
    RequestSignatures signatures,
    Permissions permissions,
    AccessTokens accessTokens,
    RequestQuotas quotas,
    TimeProvider clock,
    IRandom random,
    ILogger<CognitoEndpoint> logger)
{
    /// <summary>Larger bodies are refused before they are read. Managed-login branding with its assets needs the most.</summary>
    public const int MaximumBodyBytes = 4 * 1024 * 1024;

    // Most answers are smaller; those with tokens grow twice, which is nothing beside their signatures.
    private const int UsualAnswerBytes = 1024;

    private const string ContentType = "application/x-amz-json-1.1";

    // Deeper than any request of the model; keeps hostile nesting off the stack. A name sent twice could be read as two things by
    // the check and by what acts on it (RFC 8259 §4), and no client sends one.
    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly OperationTable[] _tables = [.. tables];

    /// <summary>Answers one call, always with a body of this protocol.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = random.UuidText();
        var output = new ArrayBufferWriter<byte>(UsualAnswerBytes);
        var headers = http.Response.Headers;
        headers["x-amzn-RequestId"] = requestId;
        headers.CacheControl = "no-store";
        CognitoCors.Apply(headers);
        var target = "";
        try
        {
            target = http.Request.Headers["X-Amz-Target"].ToString();
            await RunAsync(http, target, requestId, output);
            http.Response.StatusCode = StatusCodes.Status200OK;
        }
        catch (CognitoException refused)
        {
            LogRefused(refused.Type, target, requestId);
            WriteError(http.Response, refused, output);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception away) when (DatabaseOutage.Is(away))
        {
            LogAway(target, away.GetType().Name, requestId);
            WriteError(http.Response, CognitoException.Unavailable(), output);
        }
        catch (Exception bug)
        {
            LogFailed(bug, target, requestId);
            WriteError(http.Response, CognitoException.InternalError(), output);
        }

        http.Response.ContentType = ContentType;
        http.Response.ContentLength = output.WrittenCount;
        await http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted);
    }

    private async ValueTask RunAsync(HttpContext http, string target, string requestId, ArrayBufferWriter<byte> output)
    {
        var ct = http.RequestAborted;
        if (!IsJson(http.Request.ContentType)) throw CognitoException.UnknownOperation();
        var (table, model, row) = Find(target);
        RequestTelemetry.Name(http, model.Name);
        if (model.Authorization is Authorization.Public or Authorization.SigV4OrPublic) quotas.Demand(model);
        using var body = await RequestBody.ReadAsync(http.Request, MaximumBodyBytes, ct);
        // A signature covers the bytes, so it is checked before anybody looks into them. Public operations never look at the
        // Authorization header, not even at a wrong one (observed).
        TemporarySession? session = null;
        if (model.Authorization is Authorization.SigV4)
        {
            session = signatures.Demand(http, table.SigningName, body.Bytes, clock.GetUtcNow());
            // Not before: strangers must not use up what administrators have.
            quotas.Demand(model);
        }

        using var json = Parse(body.Bytes);
        table.DemandFit(model, json.RootElement);
        if (session is not null) permissions.Demand(session, table.SigningName, model.Name, json.RootElement);

        var request = row.Read(json.RootElement);
        var now = clock.GetUtcNow();
        var call = new CallContext
        {
            Now = now,
            RequestId = requestId,
            Origin = Origin.Of(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent) with { RequestId = requestId },
            MaybeCaller = request is IAccessTokenRequest { AccessToken: { } token } && model.Authorization is Authorization.AccessToken
                ? await AuthenticateAsync(token, now, ct)
                : null,
        };
        if (model.Authorization is Authorization.AccessToken) quotas.Demand(model, call.MaybeCaller?.User.Sub);
        await using var writer = new Utf8JsonWriter(output, JsonWriting.Options);
        await row.RunAsync(services, request, call, writer, ct);
    }

    private (OperationTable Table, OperationModel Model, OperationRow Row) Find(string target)
    {
        foreach (var table in _tables)
            if (table.TryFind(target, out var model, out var row)) return (table, model, row);
        throw CognitoException.UnknownOperation();
    }

    private static bool IsJson(string? contentType)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        var media = (end < 0 ? contentType : contentType![..end])?.Trim();
        return media is not null
            && (media.Equals(ContentType, StringComparison.OrdinalIgnoreCase) || media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || media.Equals("application/x-amz-json-1.0", StringComparison.OrdinalIgnoreCase));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (HasNul(body.Span)) throw CognitoException.Serialization();
        try
        {
            return JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, ParseOptions);
        }
        // InvalidOperationException: half a surrogate pair in a name, found where names are compared.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw CognitoException.Serialization();
        }
    }

    // No member of the model can hold U+0000, and PostgreSQL can't store it. After an odd number of backslashes it is an escape,
    // after an even number six characters of text, as a password may have.
    private static bool HasNul(ReadOnlySpan<byte> body)
    {
        for (var at = body.IndexOf("\\u0000"u8); at >= 0;)
        {
            var before = body[..at].LastIndexOfAnyExcept((byte)'\\');
            if ((at - before) % 2 == 1) return true;
            var next = body[(at + 1)..].IndexOf("\\u0000"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private async ValueTask<Caller> AuthenticateAsync(string token, DateTimeOffset now, CancellationToken ct)
    {
        var (caller, problem) = await accessTokens.FindCallerAsync(token, now, ct);
        return caller ?? throw AccessTokenErrors.Of(problem);
    }

    private static void WriteError(HttpResponse response, CognitoException error, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        response.StatusCode = error.Status;
        response.Headers["x-amzn-ErrorType"] = error.Type + ":";
        if (error.PublicMessage is { } message) response.Headers["x-amzn-ErrorMessage"] = HeaderText.Of(message);
        if (error.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var writer = new Utf8JsonWriter(output, JsonWriting.Options);
        writer.WriteStartObject();
        writer.WriteString("__type"u8, error.Type);
        if (error.PublicMessage is not null) writer.WriteString("message"u8, error.PublicMessage);
        writer.WriteEndObject();
    }

    [LoggerMessage(EventIds.CallRefused, LogLevel.Debug, "{ErrorType} answered to {Target}, request {RequestId}.")]
    private partial void LogRefused(string errorType, string target, string requestId);

    [LoggerMessage(EventIds.CallFailed, LogLevel.Error, "{Target} failed, request {RequestId}.")]
    private partial void LogFailed(Exception bug, string target, string requestId);

    [LoggerMessage(EventIds.DatabaseAway, LogLevel.Warning, "{Target} could not be answered, for the database is away ({Exception}), request {RequestId}.")]
    private partial void LogAway(string target, string exception, string requestId);
}
