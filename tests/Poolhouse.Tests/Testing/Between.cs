using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Poolhouse.Tests.Testing;

/// <summary>What may happen to a call on its way to Amazon.</summary>
public enum Mishap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is held until its sender gives up.</summary>
    NoAnswer,

    /// <summary>An error of the service's own.</summary>
    InternalError,

    /// <summary>A page of something that stands between.</summary>
    Garbage,

    /// <summary>JSON that isn't the operation's answer.</summary>
    OtherJson,

    /// <summary>The service has no room for it.</summary>
    Throttled,

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>The keys may not do it.</summary>
    AccessDenied,
}

/// <summary>A call that came by.</summary>
public sealed record Passing(string Operation, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>Stands between a server and the one in Amazon's place: writes down what comes by, and breaks what a test tells it to. Without anybody behind it, it answers <c>{}</c>.</summary>
public sealed class Between : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly string? _behind;

    private Between(WebApplication app, string? behind) => (_app, _behind) = (app, behind);

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Everything that came by, in order.</summary>
    public ConcurrentQueue<Passing> Passed { get; } = new();

    /// <summary>What happens to an operation.</summary>
    public Func<string, Mishap> Mishap { get; set; } = static _ => Testing.Mishap.None;

    /// <summary>How often an operation came by.</summary>
    public int Count(string operation) => Passed.Count(p => p.Operation == operation);

    /// <summary>Listens.</summary>
    public static async Task<Between> StartAsync(string? behind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var between = new Between(builder.Build(), behind);
        between._app.Run(between.HandleAsync);
        await between._app.StartAsync();
        between.Url = between._app.Urls.Single();
        return between;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var operation = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        Passed.Enqueue(new Passing(operation, http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        switch (Mishap(operation))
        {
            case Testing.Mishap.NoAnswer:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
                return;
            case Testing.Mishap.InternalError:
                await AnswerAsync(http, 500, """{"__type":"InternalErrorException","message":"oops"}""");
                return;
            case Testing.Mishap.Garbage:
                await AnswerAsync(http, 200, "<html>Sign in to the guest network</html>");
                return;
            case Testing.Mishap.OtherJson:
                await AnswerAsync(http, 200, """{"UserPool":7,"Username":[],"UserSub":{},"User":1,"AuthenticationResult":"x"}""");
                return;
            case Testing.Mishap.Throttled:
                await AnswerAsync(http, 400, """{"__type":"TooManyRequestsException","message":"Rate exceeded"}""");
                return;
            case Testing.Mishap.AccessDenied:
                await AnswerAsync(http, 400, """{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::1:user/x is not authorized to perform it"}""");
                return;
            case Testing.Mishap.LostAnswer:
                await PassAsync(http, body, answers: false);
                http.Abort();
                return;
            default:
                await PassAsync(http, body, answers: true);
                return;
        }
    }

    private async Task PassAsync(HttpContext http, string body, bool answers)
    {
        if (_behind is null)
        {
            if (answers) await AnswerAsync(http, 200, "{}");
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), _behind + http.Request.Path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = http.Request.ContentType is { } type ? MediaTypeHeaderValue.Parse(type) : null;
        // The signature is of the host that was called.
        request.Headers.Host = http.Request.Host.Value;
        foreach (var name in new[] { "Authorization", "X-Amz-Date", "X-Amz-Target", "X-Amz-Security-Token" })
            if (http.Request.Headers.TryGetValue(name, out var value)) request.Headers.TryAddWithoutValidation(name, value.ToString());
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (answers) await AnswerAsync(http, (int)response.StatusCode, answer);
    }

    private static async Task AnswerAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.WriteAsync(body);
    }
}
