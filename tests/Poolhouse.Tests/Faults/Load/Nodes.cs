using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Poolhouse.Tests.Faults.Load;

/// <summary>
/// The nodes as clients behind a balancer meet them: one after the other; who takes no connection is passed over, which is safe because nothing was
/// sent; and who says not to be ready is left out while another one is.
/// </summary>
internal sealed class Nodes : IAsyncDisposable
{
    /// <summary>How long a client waits, as a patient person would.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string SessionCookie = "__Host-poolhouse";

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), MaxConnectionsPerServer = 256, UseCookies = false })
    {
        Timeout = Patience,
    };

    private readonly CancellationTokenSource ending = new();
    private readonly HealthOfNodes health;
    private readonly Task watching;
    private int next;

    /// <summary>Of these base addresses.</summary>
    public Nodes(IReadOnlyList<string> urls)
    {
        Urls = urls;
        health = new HealthOfNodes(urls);
        watching = health.WatchAsync(ending.Token);
    }

    /// <summary>Base addresses without a slash at their end.</summary>
    public IReadOnlyList<string> Urls { get; }

    /// <summary>A request to whoever's turn it is.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, JsonObject? body = null, Grant? by = null)
    {
        var first = Interlocked.Increment(ref next);
        var turn = Enumerable.Range(0, Urls.Count).Select(i => Urls[(int)((uint)(first + i) % Urls.Count)]).OrderBy(url => health.IsReady(url) ? 0 : 1).ToList();
        var (startedAt, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        Reply? last = null;
        foreach (var url in turn)
        {
            last = await SendToAsync(url, method, path, body, by);
            if (last.Outcome != Outcome.NotSent) break;
        }

        return last! with { StartedAt = startedAt, Took = clock.Elapsed };
    }

    /// <summary>A request to one node.</summary>
    public async Task<Reply> SendToAsync(string url, HttpMethod method, string path, JsonObject? body = null, Grant? by = null)
    {
        using var request = new HttpRequestMessage(method, $"{url}/api/v1/{path}");
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (by?.Cookie is { } cookie) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        else if (by?.Access is { } token) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var (startedAt, clock) = (DateTimeOffset.UtcNow, Stopwatch.StartNew());
        Reply Nothing(Outcome outcome) => new(outcome, 0, [], null, url, startedAt, clock.Elapsed);
        try
        {
            using var response = await http.SendAsync(request, ending.Token);
            var text = await response.Content.ReadAsStringAsync(ending.Token);
            return new Reply(Judge(response), (int)response.StatusCode, Read(text), CookieOf(response), url, startedAt, clock.Elapsed);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return Nothing(Outcome.NotSent);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return Nothing(Outcome.NoAnswer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        health.Dispose();
        http.Dispose();
        ending.Dispose();
    }

    private static Outcome Judge(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        < 400 => Outcome.Done,
        < 500 => Outcome.Refused,
        503 when response.Headers.RetryAfter is not null => Outcome.Away,
        _ => Outcome.Broken,
    };

    private static JsonObject Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? CookieOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Set-Cookie", out var lines)
            ? lines.Where(line => line.StartsWith(SessionCookie + "=", StringComparison.Ordinal)).Select(line => line.Split(';')[0]).FirstOrDefault(pair => pair.Length > SessionCookie.Length + 1)
            : null;
}

/// <summary>What a balancer knows of nodes: it asks each for its health twice a second.</summary>
internal sealed class HealthOfNodes(IReadOnlyList<string> urls) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> unready = new(StringComparer.Ordinal);

    /// <summary>Whether it may be given work.</summary>
    public bool IsReady(string url) => !unready.ContainsKey(url);

    /// <summary>Asks until it is told to end.</summary>
    public Task WatchAsync(CancellationToken ct) => Task.WhenAll(urls.Select(url => WatchAsync(url, ct)));

    public void Dispose() => http.Dispose();

    private async Task WatchAsync(string url, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (await IsHealthyAsync(url, ct)) unready.TryRemove(url, out _);
            else unready[url] = true;
            await Task.Delay(Interval, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsHealthyAsync(string url, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(url + "/health/ready", ct);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
