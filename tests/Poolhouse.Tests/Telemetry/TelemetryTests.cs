using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Telemetry;

/// <summary>What a collector is sent by servers in processes of their own: the instruments with their values, traces across nodes, logs, and nothing personal.</summary>
[Collection(Alone.Name)]
public sealed class TelemetryTests
{
    private const string Password = "Test-1234567";
    private const string WebClient = "poolhousewebclient00000000";

    // As often as an assertion wants to look.
    private static readonly Dictionary<string, string> Often = new(StringComparer.Ordinal)
    {
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200", ["OTEL_BSP_SCHEDULE_DELAY"] = "100", ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_sees_what_people_did_and_nothing_about_them()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        var email = "dora.telemetry@example.com";
        List<string> secrets = [email, "dora.telemetry", Password];
        await using (var node = await NodeProcess.StartAsync(Often, "--otlp", collector.Url, "--redis", redis.Configuration, "--enforce-rate-limits", "true"))
        {
            await node.DoAsync("auth/register", Registration(email));
            secrets.Add(await node.CodeAsync(email));
            await node.DoAsync("auth/verify-otp", new JsonObject { ["email"] = email, ["code"] = secrets[^1], ["purpose"] = "email_verification" });
            var tokens = await node.DoAsync("auth/login", new JsonObject { ["email"] = email, ["password"] = Password });
            foreach (var name in new[] { "access_token", "id_token", "refresh_token" }) secrets.Add(tokens[name]!.GetValue<string>());
            await node.DoAsync("auth/login", new JsonObject { ["email"] = email, ["password"] = "Wrong-1234567" }, 401);
            await node.DoAsync("auth/refresh", new JsonObject { ["refresh_token"] = tokens["refresh_token"]!.DeepClone() });
            await node.DoAsync("auth/refresh", new JsonObject { ["refresh_token"] = "no-token" }, 401);
            await node.DoAsync("session", new JsonObject { ["email"] = email, ["password"] = Password });
            (await node.CallAsync("DescribeUserPool", new JsonObject { ["UserPoolId"] = "us-east-1_Poolhouse" }))["UserPool"].ShouldNotBeNull();
            for (var i = 1; i < 10; i++) await node.DoAsync("auth/register", Registration($"dora.telemetry+{i}@example.com"));
            await node.DoAsync("auth/register", Registration("dora.telemetry+10@example.com"), 429);
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri(node.Http.BaseAddress!.ToString().Replace("http://", "ws://", StringComparison.Ordinal) + "ws"), Ct);
            // A path with something in it that nobody may see.
            secrets.Add("0123456789abcdefghijklmnopqrstuvwxyz-in-a-path");
            (await node.Http.GetAsync($"/api/v1/invites/{secrets[^1]}?code=in-a-query", Ct)).Dispose();

            await collector.UntilAsync(c => c.Find("poolhouse.websocket.connections") is { Value: 1 }, "the WebSocket");
            await collector.UntilAsync(c => c.Find("poolhouse.breaker.open", ("engine", "redis")) is { Value: 0 }, "Redis is there");
            redis.Stop();
            await node.Http.GetAsync("/health/ready", Ct);
            await collector.UntilAsync(c => c.Find("poolhouse.breaker.open", ("engine", "redis")) is { Value: 1 }, "Redis is away");
            await collector.UntilAsync(c => c.Find("poolhouse.outbox.sent", ("channel", "email")) is { Value: 10 }, "ten mails");
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
        }

        // The node has ended, and what was left has come.
        Value(collector, "poolhouse.sign_ups", ("outcome", "success")).ShouldBe(10);
        Value(collector, "poolhouse.sign_ins", ("outcome", "success")).ShouldBe(2);
        Value(collector, "poolhouse.sign_ins", ("outcome", "wrong")).ShouldBe(1);
        Value(collector, "poolhouse.refreshes", ("outcome", "success")).ShouldBe(1);
        Value(collector, "poolhouse.refreshes", ("outcome", "refused")).ShouldBe(1);
        Value(collector, "poolhouse.requests.limited", ("limit", "register")).ShouldBe(1);
        Value(collector, "poolhouse.hash.waiting").ShouldBe(0);
        collector.Find("poolhouse.hash.wait")!.Count.ShouldBeGreaterThanOrEqualTo(13);
        foreach (var (kind, engine) in new[] { ("read", "sqlite"), ("write", "sqlite"), ("session", "redis") })
            collector.Find("poolhouse.store.duration", ("kind", kind), ("engine", engine)).ShouldNotBeNull().Count.ShouldBePositive();
        collector.Find("http.server.request.duration", ("http.route", "/"), ("poolhouse.operation", "DescribeUserPool")).ShouldNotBeNull().Count.ShouldBe(1);
        collector.Find("http.server.request.duration", ("http.route", "/api/v1/auth/register"), ("http.response.status_code", "429")).ShouldNotBeNull().Count.ShouldBe(1);
        collector.Points.Select(point => point.Scope).ShouldContain("System.Runtime");
        collector.Points.Select(point => point.Scope).ShouldContain("Microsoft.AspNetCore.Server.Kestrel");

        var requests = collector.Spans.Where(span => span.Kind == 2).ToList();
        requests.ShouldContain(span => span.Name == "DescribeUserPool" && span.Attributes["http.response.status_code"] == "200");
        requests.ShouldContain(span => span.Name == "GET /api/v1/invites/{token}");
        var registration = requests.First(span => span.Name == "POST /api/v1/auth/register");
        var parts = collector.Spans.Where(span => span.TraceId == registration.TraceId).Select(span => span.Name).ToList();
        foreach (var part in new[] { "SignUp", "hash password", "store write", "deliver message" }) parts.ShouldContain(part);
        var delivery = collector.Spans.Single(span => span.TraceId == registration.TraceId && span.Name == "deliver message");
        delivery.Attributes["poolhouse.message.outcome"].ShouldBe("sent");
        delivery.Attributes["poolhouse.message.kind"].ShouldBe("SignUpCode");
        // What looks again and again makes no traces.
        collector.Spans.ShouldAllBe(span => span.Kind == 2 || span.ParentId != "" || span.Name == "deliver message");

        collector.Lines.ShouldContain(line => line.TraceId == registration.TraceId && line.SpanId == delivery.SpanId && line.Body.Contains("was sent", StringComparison.Ordinal));
        collector.Lines.ShouldContain(line => line.Body.Contains("Redis is away", StringComparison.Ordinal) && line.Severity == 13);
        collector.Spans.ShouldAllBe(span => span.Resource["service.name"] == "poolhouse" && span.Resource["service.version"] == "0.1.0" && span.Instance.Length == 36);

        var everything = collector.Everything;
        foreach (var secret in secrets.Append("in-a-query")) everything.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(secret.Length > 6 ? secret : "the code");
    }

    [Fact]
    public async Task A_trace_goes_on_in_the_node_that_delivers_the_mail()
    {
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        var database = await server!.CreateDatabaseAsync();
        var key = Convert.ToBase64String(new byte[32]);
        await using var collector = await TelemetryCollector.StartAsync();
        var standard = new Dictionary<string, string>(Often, StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "accounts",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test",
        };
        // The first node's mail server is away. To the second, an hour ahead, what the first puts off is due at once.
        await using var first = await NodeProcess.StartAsync(standard, "--database", database, "--master-key", key, "--smtp", $"smtp://127.0.0.1:{Ports.Free()}");
        await using var second = await NodeProcess.StartAsync(standard, "--database", database, "--master-key", key);
        using var hour = new StringContent("""{"advance":"PT1H"}""", System.Text.Encoding.UTF8, "application/json");
        (await second.Http.PostAsync("/dev/clock", hour, Ct)).EnsureSuccessStatusCode();

        await first.CallAsync("SignUp", new JsonObject
        {
            ["ClientId"] = WebClient,
            ["Username"] = "dora.queue@example.com",
            ["Password"] = Password,
            ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = "dora.queue@example.com" }),
        });
        await second.CodeAsync("dora.queue@example.com");
        await collector.UntilAsync(c => c.Spans.Any(span => span.Name == "deliver message" && span.Attributes["poolhouse.message.outcome"] == "sent"), "the delivery");
        await collector.UntilAsync(c => c.Spans.Any(span => span.Kind == 2 && span.Name == "SignUp"), "the request");

        var request = collector.Spans.Single(span => span.Kind == 2 && span.Name == "SignUp");
        var delivery = collector.Spans.Single(span => span.Name == "deliver message" && span.Attributes["poolhouse.message.outcome"] == "sent");
        delivery.TraceId.ShouldBe(request.TraceId);
        delivery.Instance.ShouldNotBe(request.Instance);
        delivery.Kind.ShouldBe(5);
        collector.Spans.ShouldContain(span => span.SpanId == delivery.ParentId && span.TraceId == request.TraceId && span.Instance == request.Instance);
        delivery.Resource["service.name"].ShouldBe("accounts");
        delivery.Resource["deployment.environment.name"].ShouldBe("test");
        await collector.UntilAsync(c => c.Lines.Any(line => line.SpanId == delivery.SpanId), "the delivery's log");
        await collector.UntilAsync(c => c.Points.Any(point => point.Scope == "Npgsql"), "the driver's metrics");
        collector.Points.Where(point => point.Scope == "Npgsql").ShouldAllBe(point => !point.Attributes.ContainsKey("db.client.connection.pool.name"));
        collector.Everything.Contains("dora.queue", StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_is_not_sampled_by_the_mail_either()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var sampled = new Dictionary<string, string>(Often, StringComparer.Ordinal) { ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0" };
        await using (var node = await NodeProcess.StartAsync(sampled, "--otlp", collector.Url))
        {
            await node.DoAsync("auth/register", Registration("dora.sampled@example.com"));
            await node.CodeAsync("dora.sampled@example.com");
            await collector.UntilAsync(c => c.Find("poolhouse.outbox.sent", ("channel", "email")) is { Value: 1 }, "the mail");
        }

        collector.Spans.ShouldBeEmpty();
        collector.Lines.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_signal_that_is_turned_off_is_not_sent()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        var some = new Dictionary<string, string>(Often, StringComparer.Ordinal) { ["OTEL_TRACES_EXPORTER"] = "none", ["OTEL_LOGS_EXPORTER"] = "none" };
        await using (var node = await NodeProcess.StartAsync(some, "--otlp", collector.Url))
        {
            await node.DoAsync("auth/register", Registration("dora.off@example.com"));
            await collector.UntilAsync(c => c.Find("poolhouse.sign_ups") is not null, "metrics");
        }

        collector.Spans.ShouldBeEmpty();
        collector.Lines.ShouldBeEmpty();
    }

    private static double? Value(TelemetryCollector collector, string name, params (string, string)[] tags) => collector.Find(name, tags)?.Value;

    private static JsonObject Registration(string email) => new()
    {
        ["email"] = email, ["password"] = Password, ["first_name"] = "Dora", ["last_name"] = "Telemetry", ["accept_terms"] = true,
    };
}
