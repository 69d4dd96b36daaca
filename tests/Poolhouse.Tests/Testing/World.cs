using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Tokens;
using Poolhouse.Server;

namespace Poolhouse.Tests.Testing;

/// <summary>Which database a server under test runs on.</summary>
public enum Engine
{
    /// <summary>The embedded one.</summary>
    Sqlite,

    /// <summary>A real server; skipped where it isn't installed, a failure in CI.</summary>
    Postgres,

    /// <summary>The embedded one, with the applications' pools at Amazon: a second server in its place, spoken to with signatures over HTTP.</summary>
    Amazon,
}

/// <summary>
/// A whole server on a loopback port, spoken to over HTTP like any client would. Tests share one per engine and own their pools;
/// a test that moves the clock or restarts starts its own.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Engine, Lazy<Task<World>>> Shared = new();
    private readonly WebApplication app;
    private readonly string folder;

    private World(WebApplication running, string url, string data, World? remote)
    {
        app = running;
        Remote = remote;
        folder = data;
        Url = url;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(url) };
    }

    /// <summary>Both engines, for theories.</summary>
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    /// <summary>Both engines, and in front of Amazon: for theories of the account API.</summary>
    public static TheoryData<Engine> Gateways => [Engine.Sqlite, Engine.Postgres, Engine.Amazon];

    /// <summary>The server in Amazon's place; null where the applications' pools are this server's own. Cognito calls and codes go to it and come from it.</summary>
    public World? Remote { get; }

    /// <summary>The base URL, without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>For what is not a Cognito call.</summary>
    public HttpClient Http { get; }

    /// <summary>The services of the server, for a look behind the wire.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>The server that tests share.</summary>
    public static Task<World> OnAsync(Engine engine = Engine.Sqlite) =>
        Shared.GetOrAdd(engine, e => new Lazy<Task<World>>(() => StartAsync(e))).Value;

    /// <summary>A server of its own.</summary>
    public static Task<World> StartAsync(Engine engine = Engine.Sqlite, params string[] arguments) => StartAsync(engine, static _ => { }, arguments);

    /// <summary>A server of its own, some of whose parts are the test's.</summary>
    public static async Task<World> StartAsync(Engine engine, Action<IServiceCollection> adjust, params string[] arguments)
    {
        var remote = engine == Engine.Amazon ? await AmazonScene.StartRemoteAsync() : null;
        if (remote is not null)
        {
            arguments = [.. AmazonScene.Options(remote.Url), .. arguments];
            var own = adjust;
            adjust = services =>
            {
                AmazonScene.GiveKeys(services);
                own(services);
            };
        }

        var data = Directory.CreateTempSubdirectory("poolhouse-test-").FullName;
        var url = $"http://127.0.0.1:{FreePort()}";
        string[] basic = ["--urls", url, "--data", data];
        if (engine == Engine.Postgres) basic = [.. basic, "--database", await PostgresAsync()];
        // Every pool makes two keys, which at their real size is most of what the suite would do.
        var running = await ServerBuilder.BuildAsync(
            [.. basic, .. arguments],
            "Development",
            services =>
            {
                services.AddSingleton(_ => new SigningKeySupply(ready: 8, keySize: 1024));
                adjust(services);
            });
        await running.StartAsync();
        return new World(running, url, data, remote);
    }

    /// <summary>One Cognito call; administrators' calls carry a signature, which Development accepts from loopback.</summary>
    public async Task<Answer> CallAsync(string operation, JsonObject request, CancellationToken ct = default) =>
        await SendAsync("AWSCognitoIdentityProviderService." + operation, request.ToJsonString(), ct: ct);

    /// <summary>One Cognito call that must succeed.</summary>
    public async Task<JsonObject> DoAsync(string operation, JsonObject request)
    {
        var answer = await CallAsync(operation, request);
        answer.Status.ShouldBe(200, $"{operation}: {answer.Text}");
        return answer.Json;
    }

    /// <summary>Bytes as they are, to any target.</summary>
    public async Task<Answer> SendAsync(string? target, string body, string contentType = "application/x-amz-json-1.1", CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (target is not null) request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
        using var response = await (Remote ?? this).Http.SendAsync(request, ct);
        return await Answer.ReadAsync(response, ct);
    }

    /// <summary>A pool of the test's own. Its client allows every flow; see <see cref="TestPool"/>.</summary>
    /// <param name="settings">Members of CreateUserPool beside the name.</param>
    /// <param name="client">Members of CreateUserPoolClient beside pool and name.</param>
    public async Task<TestPool> PoolAsync(JsonObject? settings = null, JsonObject? client = null)
    {
        var request = settings ?? new JsonObject { ["AutoVerifiedAttributes"] = new JsonArray("email") };
        request["PoolName"] = "Test";
        var pool = await DoAsync("CreateUserPool", request);
        var id = pool["UserPool"]!["Id"]!.GetValue<string>();
        return await TestPool.CreateAsync(this, id, client);
    }

    /// <summary>Moves the server's clock; only on a server of the test's own.</summary>
    public async Task AdvanceAsync(string duration)
    {
        using var content = new StringContent($$"""{"advance":"{{duration}}"}""", Encoding.UTF8, "application/json");
        (await Http.PostAsync("/dev/clock", content)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The newest code sent to an address, waited for.</summary>
    public async Task<string> CodeAsync(string to, int atLeast = 1)
    {
        for (var i = 0; i < 200; i++)
        {
            var messages = await AllMailAsync(to);
            if (messages.Count >= atLeast) return messages[^1]["code"]!.GetValue<string>();
            await Task.Delay(50);
        }

        throw new TimeoutException($"No mail to {to}.");
    }

    /// <summary>What this server itself mailed to an address, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> MailAsync(string to) =>
        [.. JsonNode.Parse(await Http.GetStringAsync("/dev/mailbox?to=" + Uri.EscapeDataString(to)))!.AsArray().Select(m => m!)];

    /// <summary>What this server and the one in Amazon's place mailed to an address, oldest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> AllMailAsync(string to) => Remote is null
        ? await MailAsync(to)
        : [.. (await MailAsync(to)).Concat(await Remote.MailAsync(to)).OrderBy(m => m["sentAt"]!.GetValue<DateTimeOffset>())];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        if (Remote is not null) await Remote.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> PostgresAsync()
    {
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        return await server!.CreateDatabaseAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>An answer of the Cognito protocol.</summary>
public sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The body as an object; empty for an empty body.</summary>
    public JsonObject Json => Text.Length == 0 ? [] : JsonNode.Parse(Text)!.AsObject();

    /// <summary>The error's name, or null.</summary>
    public string? Type => Json["__type"]?.GetValue<string>();

    /// <summary>The error's text, or null.</summary>
    public string? Message => Json["message"]?.GetValue<string>();

    /// <summary>Reads a response.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken ct) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(ct), response.Headers);

    /// <summary>Asserts an error by name and text.</summary>
    public void ShouldBeError(string type, string? message = null)
    {
        Type.ShouldBe(type, Text);
        if (message is not null) Message.ShouldBe(message);
        Status.ShouldBe(400);
    }
}
