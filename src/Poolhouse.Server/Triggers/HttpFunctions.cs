using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Poolhouse.Core.Triggers;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Triggers;

/// <summary>
/// Calls functions over HTTP: as AWS Lambda's Invoke (API_Invoke), which local runtimes and emulators answer, or as a signed webhook.
/// The address is the operator's, never a caller's; no redirect is followed, so nobody else can name one either.
/// </summary>
internal sealed partial class HttpFunctions : ITriggerFunctions, IDisposable
{
    /// <summary>The longest answer in bytes.</summary>
    public const int MaximumAnswerBytes = 256 * 1024;

    // What Cognito says (observed, in bug reports of its users).
    private const string TimedOut = "Socket timeout while invoking Lambda function.";

    private readonly FunctionAddresses addresses;
    private readonly WallClock clock;
    private readonly ILogger<HttpFunctions> logger;
    private readonly TimeSpan timeout;
    private readonly HttpClient http;

    public HttpFunctions(FunctionAddresses addresses, Microsoft.Extensions.Options.IOptions<ServerOptions> options, WallClock clock, ILogger<HttpFunctions> logger)
    {
        this.addresses = addresses;
        this.clock = clock;
        this.logger = logger;
        timeout = TimeSpan.FromSeconds(options.Value.FunctionTimeoutSeconds);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = 256,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            MaxResponseContentBufferSize = MaximumAnswerBytes,
            // Each attempt has its own end, below.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => http.Dispose();

    public async ValueTask<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken ct)
    {
        var name = FunctionAddresses.NameOf(call.Arn);
        if (addresses.Find(call.Arn) is not { } address)
        {
            LogNotMapped(name, call.Source);
            return new FunctionAnswer.Unreachable($"FunctionNotConfigured: the server's options name no address for the function {name}.");
        }

        for (var attempt = 1; ; attempt++)
        {
            var (answer, isFinal) = await TryAsync(address, call, ct);
            if (answer is FunctionAnswer.Failed) LogFailed(name, call.Source);
            if (answer is FunctionAnswer.Unreachable unreachable) LogUnreachable(name, call.Source, attempt, unreachable.Reason);
            if (isFinal || attempt >= call.Attempts) return answer;
        }
    }

    /// <summary>One attempt, and whether another could end otherwise.</summary>
    private async Task<(FunctionAnswer Answer, bool IsFinal)> TryAsync(FunctionAddress address, FunctionCall call, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(timeout);
        try
        {
            using var request = Request(address, call);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, end.Token);
            var body = await response.Content.ReadAsByteArrayAsync(end.Token);
            return Read(response, body, isWebhook: address.Secret is not null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (new FunctionAnswer.Unreachable(TimedOut), IsFinal: false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return (new FunctionAnswer.Returned("too long"u8.ToArray()), IsFinal: true);
        }
        catch (HttpRequestException)
        {
            return (new FunctionAnswer.Unreachable("ServiceException."), IsFinal: false);
        }
    }

    private HttpRequestMessage Request(FunctionAddress address, FunctionCall call)
    {
        var content = new ReadOnlyMemoryContent(call.Payload);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address.Url) { Content = content };
        if (address.Secret is { } secret)
        {
            var (timestamp, signature) = WebhookSignature.Sign(secret, call.Payload.Span, clock.Now);
            request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
            request.Headers.Add(WebhookSignature.SignatureHeader, signature);
        }
        else
        {
            request.Headers.Add("X-Amz-Invocation-Type", "RequestResponse");
        }

        return request;
    }

    private static (FunctionAnswer Answer, bool IsFinal) Read(HttpResponseMessage response, byte[] body, bool isWebhook)
    {
        // API_Invoke: a function that throws is a 200 with this header. A webhook says the same with 422.
        if (response.Headers.Contains("X-Amz-Function-Error") || (isWebhook && response.StatusCode == HttpStatusCode.UnprocessableEntity))
            return (new FunctionAnswer.Failed(ErrorMessage(body)), IsFinal: true);
        if (response.StatusCode == HttpStatusCode.OK) return (new FunctionAnswer.Returned(body), IsFinal: true);
        var isPassing = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
        return (new FunctionAnswer.Unreachable($"ServiceException: status {(int)response.StatusCode}."), IsFinal: !isPassing);
    }

    private static string ErrorMessage(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("errorMessage"u8, out var message)
                && message.ValueKind == JsonValueKind.String)
                return message.GetString()!;
        }
        // InvalidOperationException: half a surrogate pair.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
        }

        return "null";
    }

    [LoggerMessage(EventIds.FunctionFailed, LogLevel.Information, "The function {Function} refused {Source}.")]
    private partial void LogFailed(string function, string source);

    [LoggerMessage(EventIds.FunctionUnreachable, LogLevel.Warning, "The function {Function} did not answer {Source} at attempt {Attempt}: {Reason}")]
    private partial void LogUnreachable(string function, string source, int attempt, string reason);

    [LoggerMessage(EventIds.FunctionNotMapped, LogLevel.Error, "The options name no address for the function {Function}, which {Source} needs: set LambdaEndpoint or Functions.")]
    private partial void LogNotMapped(string function, string source);
}
