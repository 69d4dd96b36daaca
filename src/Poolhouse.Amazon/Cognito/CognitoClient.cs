using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Poolhouse.Core.SigV4;

namespace Poolhouse.Amazon.Cognito;

/// <summary>Where a pool is.</summary>
/// <param name="Url">Amazon's endpoint of the region, or another that speaks its protocol.</param>
/// <param name="Region">For signatures.</param>
public sealed record CognitoAddress(Uri Url, string Region);

/// <summary>
/// Sends operations of <c>cognito-idp</c>: AWS JSON 1.1, signed where the operation needs it, within a budget, again where that is safe, and not at all
/// for a while after most went wrong.
/// </summary>
/// <remarks>
/// Signed by Core's own signer, which the object store uses too: AWSSDK.Core's AWS4Signer stands in a namespace called
/// Internal and takes that namespace's own requests, so it was not tried.
/// </remarks>
public sealed class CognitoClient : IDisposable
{
    private const string TargetPrefix = "AWSCognitoIdentityProviderService";
    private const string Service = "cognito-idp";

    // The largest answers are pages of users; nothing that is asked here is near it.
    private const int MostBytes = 512 * 1024;

    private static readonly ResiliencePropertyKey<CognitoOperation> OperationKey = new("operation");

    private readonly CognitoAddress _endpoint;
    private readonly IAmazonCredentials _credentials;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _attempt;
    private readonly HttpClient _http;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;

    /// <summary>For one pool's endpoint.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="clock">Real time: signatures bear it, and Amazon compares it with its own.</param>
    /// <param name="budget">For a whole call with everything that is repeated; an attempt gets two thirds of it.</param>
    public CognitoClient(CognitoAddress endpoint, IAmazonCredentials credentials, TimeProvider clock, TimeSpan budget)
    {
        (_endpoint, _credentials, _clock) = (endpoint, credentials, clock);
        _attempt = budget * 2 / 3;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(3, _attempt.TotalSeconds)),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytes,
        };
        _pipeline = Pipeline(budget, _breaker, clock);
    }

    /// <summary>One operation.</summary>
    /// <param name="operation">Its name; one of <see cref="CognitoOperation.All"/>.</param>
    /// <param name="json">The request.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The answer, which is JSON; an empty object where the operation answers nothing.</returns>
    /// <exception cref="AmazonException">What went wrong.</exception>
    public async Task<byte[]> CallAsync(string operation, byte[] json, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        try
        {
            context.Properties.Set(OperationKey, CognitoOperation.All[operation]);
            return await _pipeline.ExecuteAsync(
                static (context, x) => new ValueTask<byte[]>(x.self.SendAsync(context.Properties.GetValue(OperationKey, null!), x.json, context.CancellationToken)),
                context,
                (self: this, json));
        }
        catch (TimeoutRejectedException late)
        {
            throw new AmazonException(AmazonFailure.Unknown, "BudgetSpent", inner: late);
        }
        catch (BrokenCircuitException open)
        {
            throw new AmazonException(AmazonFailure.NotSent, "BreakerOpen", inner: open);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Whether the service is taken for away, and not asked.</summary>
    public bool IsAway => _breaker.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static ResiliencePipeline Pipeline(TimeSpan budget, CircuitBreakerStateProvider breaker, TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddTimeout(budget)
        .AddRetry(new()
        {
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(2),
            UseJitter = true,
            ShouldHandle = a => ValueTask.FromResult(MayRepeat(a.Outcome.Exception, a.Context)),
        })
        .AddCircuitBreaker(new()
        {
            StateProvider = breaker,
            FailureRatio = 0.5,
            // More than the attempts of a few calls: one operation that fails by itself is not the pool being away.
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = TimeSpan.FromSeconds(5),
            // Throttling says that the service is there; credentials that are missing are missing here.
            ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is AmazonException { Failure: AmazonFailure.NotSent or AmazonFailure.Unknown, Type: not "CredentialsNotFound" }),
        })
        .Build();

    private static bool MayRepeat(Exception? failed, ResilienceContext context) => failed switch
    {
        AmazonException { Failure: AmazonFailure.Throttled } => true,
        AmazonException { Failure: AmazonFailure.NotSent, Type: not "CredentialsNotFound" } => true,
        AmazonException { Failure: AmazonFailure.Unknown } => context.Properties.GetValue(OperationKey, null!).MayRepeat,
        _ => false,
    };

    private async Task<byte[]> SendAsync(CognitoOperation operation, byte[] json, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stop.CancelAfter(_attempt);
        try
        {
            using var request = await RequestAsync(operation, json, stop.Token);
            using var response = await _http.SendAsync(request, stop.Token);
            return Read(response, await response.Content.ReadAsByteArrayAsync(stop.Token));
        }
        catch (HttpRequestException failed)
        {
            var wasSent = failed.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            throw new AmazonException(wasSent ? AmazonFailure.Unknown : AmazonFailure.NotSent, "ConnectionFailed", inner: failed);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            // The time to connect is bounded too, and what ends it looks the same but for its inner exception. Nothing was sent then; to say so is
            // only worth it where it is certain, which it isn't.
            throw new AmazonException(AmazonFailure.Unknown, "NoAnswer", inner: late);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(CognitoOperation operation, byte[] json, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        var target = $"{TargetPrefix}.{operation.Name}";
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        if (!operation.IsSigned) return request;

        var keys = await _credentials.GetAsync(ct);
        var at = _clock.GetUtcNow();
        List<KeyValuePair<string, string>> headers =
        [
            new("content-type", "application/x-amz-json-1.1"),
            new("host", _endpoint.Url.Authority),
            new("x-amz-date", RequestSigner.Date(at)),
            new("x-amz-target", target),
        ];
        if (keys.SessionToken is { } token) headers.Add(new("x-amz-security-token", token.Reveal()));
        var signed = new SignedRequest("POST", _endpoint.Url.AbsolutePath, "", headers, Convert.ToHexStringLower(SHA256.HashData(json)));
        request.Headers.TryAddWithoutValidation("X-Amz-Date", headers[2].Value);
        if (keys.SessionToken is { } session) request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", session.Reveal());
        request.Headers.TryAddWithoutValidation(
            "Authorization", RequestSigner.Authorization(signed, keys.AccessKeyId, keys.SecretAccessKey.Reveal(), _endpoint.Region, Service, at));
        return request;
    }

    private static byte[] Read(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.OK)
        {
            if (body.Length == 0) return "{}"u8.ToArray();
            // Something between here and Amazon that answers pages would otherwise be taken for a success.
            return IsObject(body) ? body : throw new AmazonException(AmazonFailure.Unknown, "NotJson", status: status);
        }

        var (type, message) = ReadError(response, body);
        var isThrottled = status == 429 || type is "TooManyRequestsException" or "ThrottlingException" or "Throttling" or "RequestLimitExceeded";
        var isRefused = status is >= 400 and < 500 && type is not null;
        throw new AmazonException(
            isThrottled ? AmazonFailure.Throttled : isRefused ? AmazonFailure.Refused : AmazonFailure.Unknown, type ?? "NoError", message, status);
    }

    private static bool IsObject(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // AWS JSON 1.1: the name may have a namespace before it and a URL after it, and stands in a header as well.
    private static (string? Type, string? Message) ReadError(HttpResponseMessage response, byte[] body)
    {
        var type = response.Headers.TryGetValues("x-amzn-errortype", out var values) ? values.First() : null;
        string? message = null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                type = Text(json.RootElement, "__type") ?? type;
                message = Text(json.RootElement, "message") ?? Text(json.RootElement, "Message");
            }
        }
        catch (JsonException)
        {
            // What isn't JSON says nothing.
        }

        return (type is null ? null : type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..].Split(':')[0], message);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
