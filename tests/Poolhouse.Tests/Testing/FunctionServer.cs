using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Poolhouse.Tests.Testing;

/// <summary>What a function throws; its words reach the client.</summary>
public sealed class FunctionException(string message) : Exception(message);

/// <summary>One call as a function got it.</summary>
public sealed record FunctionRequest(string Path, IHeaderDictionary Headers, string Body)
{
    /// <summary>The event.</summary>
    public JsonObject Event => JsonNode.Parse(Body)!.AsObject();
}

/// <summary>Functions behind a real HTTP endpoint that speaks AWS Lambda's Invoke; every function has a name of its own.</summary>
public sealed class FunctionServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, string, Task>> handlers = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<FunctionRequest>> requests = new();
    private int last;

    private FunctionServer(WebApplication running) => app = running;

    /// <summary>The base URL.</summary>
    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Starts on a free port.</summary>
    public static async Task<FunctionServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var listening = builder.Build();
        listening.Urls.Add("http://127.0.0.1:0");
        var server = new FunctionServer(listening);
        listening.MapFallback(server.AnswerAsync);
        await listening.StartAsync();
        return server;
    }

    /// <summary>A function; it changes the event, or throws <see cref="FunctionException"/>. Answers its ARN.</summary>
    public string Add(Action<JsonObject> change) => AddRaw(async (http, body) =>
    {
        var e = JsonNode.Parse(body)!.AsObject();
        try
        {
            change(e);
        }
        catch (FunctionException error)
        {
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await http.Response.WriteAsync(new JsonObject { ["errorMessage"] = error.Message, ["errorType"] = "Error" }.ToJsonString());
            return;
        }

        await http.Response.WriteAsync(e.ToJsonString());
    });

    /// <summary>A function that answers whatever it likes.</summary>
    public string AddRaw(Func<HttpContext, string, Task> answer)
    {
        var name = $"f{Interlocked.Increment(ref last)}";
        handlers[name] = answer;
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }

    /// <summary>What a function got.</summary>
    public IReadOnlyList<FunctionRequest> RequestsOf(string arn) => requests.TryGetValue(arn.Split(':')[6], out var queue) ? [.. queue] : [];

    /// <summary>The events a function got.</summary>
    public IReadOnlyList<JsonObject> EventsOf(string arn) => [.. RequestsOf(arn).Select(r => r.Event)];

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = http.Request.Path.Value!;
        var name = path.Split('/').Reverse().First(part => part is not "invocations");
        requests.GetOrAdd(name, _ => new()).Enqueue(new FunctionRequest(path, new HeaderDictionary(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value)), body));
        if (handlers.TryGetValue(name, out var handler)) await handler(http, body);
        else http.Response.StatusCode = 404;
    }
}
