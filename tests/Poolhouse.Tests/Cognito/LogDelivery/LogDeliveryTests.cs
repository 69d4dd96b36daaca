using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Poolhouse.Tests.Cognito.Threats;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Cognito.LogDelivery;

/// <summary>SetLogDeliveryConfiguration, GetLogDeliveryConfiguration, and what arrives.</summary>
public sealed class LogDeliveryTests
{
    private const string Group = "arn:aws:logs:us-east-1:000000000000:log-group:poolhouse";
    private const string Bucket = "arn:aws:s3:::poolhouse";
    private const string Stream = "arn:aws:firehose:us-east-1:000000000000:deliverystream/poolhouse";

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task Events_arrive_in_a_file_as_Amazon_writes_them(Engine engine)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("poolhouse-logs-").FullName, "deep", "events.jsonl");
        await using var world = await World.StartAsync(engine, "--LogDestinations:0", $"{Group} file:{file}");
        var pool = await world.ThreatPoolAsync();
        await SetAsync(pool, Auth("CloudWatchLogsConfiguration", "LogGroupArn", Group)).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.TrySignInAsync("Wrong-horse-1");
        await bob.SignInFromAsync(ThreatCalls.Home);

        var lines = await LinesAsync(() => File.Exists(file) ? File.ReadAllLines(file) : [], 3);

        lines.Select(l => $"{l["message"].Text("eventType")} {l["message"].Text("eventResponse")}").ShouldBe(["SignUp InProgress", "SignIn Fail", "SignIn Pass"]);
        var line = lines[2];
        line.Select(m => m.Key).ShouldBe(["eventTimestamp", "eventSource", "logLevel", "message", "logSourceId"]);
        line.Text("eventSource").ShouldBe("USER_ACTIVITY");
        line.Text("logLevel").ShouldBe("INFO");
        line["logSourceId"].Text("userPoolId").ShouldBe(pool.Id);
        var message = line["message"]!.AsObject();
        message.Select(m => m.Key).ShouldBe(
        [
            "version", "eventId", "eventType", "userSub", "userName", "userPoolId", "clientId", "creationDate", "eventResponse", "riskLevel", "riskDecision", "challenges",
            "deviceName", "ipAddress", "requestId", "idpName", "compromisedCredentialDetected", "city", "country", "eventFeedbackValue", "eventFeedbackDate",
            "eventFeedbackProvider", "hasContextData",
        ]);
        message.Text("userSub").ShouldBe(bob.Sub);
        message.Text("ipAddress").ShouldBe(ThreatCalls.Home);
        message.Text("hasContextData").ShouldBe("true");
        message.Text("riskDecision").ShouldBe("PASS");
        message.Text("eventId").ShouldBe((await pool.SignInEventsAsync("bob"))[0].Text("EventId"));
        message.Text("requestId")!.Length.ShouldBe(36);
    }

    [Theory]
    [InlineData("", "application/x-ndjson")]
    [InlineData("otlp+", "application/json")]
    public async Task A_sink_that_was_away_gets_all_of_it(string scheme, string contentType)
    {
        using var sink = new Sink();
        await using var world = await World.StartAsync(Engine.Sqlite, "--LogDestinations:0", $"{Stream} {scheme}{sink.Url}");
        var pool = await world.ThreatPoolAsync();
        await SetAsync(pool, Auth("FirehoseConfiguration", "StreamArn", Stream)).ShouldSucceedAsync();
        var bob = await pool.ConfirmedAsync("bob");
        await bob.SignInAsync();
        for (var i = 0; i < 100 && sink.Refused == 0; i++) await Task.Delay(50);
        sink.Refused.ShouldBeGreaterThan(0);

        sink.IsAway = false;
        await world.AdvanceAsync("PT2M");
        var lines = await LinesAsync(() => sink.Lines(scheme.Length > 0), 2);

        lines.Select(l => l["message"].Text("eventType")).ShouldBe(["SignUp", "SignIn"]);
        sink.ContentType.ShouldStartWith(contentType);
    }

    [Fact]
    public async Task A_message_that_is_given_up_is_told_without_its_address()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("poolhouse-logs-").FullName, "errors.jsonl");
        await using var mail = new SmtpReceiver { Answer = verb => verb == "RCPT" ? SmtpAnswer.With("550 5.1.1 No such user bob@example.com") : SmtpAnswer.Accept };
        await using var world = await World.StartAsync(
            Engine.Sqlite, "--LogDestinations:0", $"{Group} file:{file}", "--smtp", $"smtp://127.0.0.1:{mail.Port}?from=a@example.com");
        var pool = await world.PoolAsync();
        await SetAsync(pool, Notification(Group)).ShouldSucceedAsync();

        await pool.SignedUpAsync("bob");

        var lines = await LinesAsync(() => File.Exists(file) ? File.ReadAllLines(file) : [], 1);

        lines[0].Text("eventSource").ShouldBe("USER_NOTIFICATION");
        lines[0].Text("logLevel").ShouldBe("ERROR");
        lines[0]["message"].Text("details")!.ShouldStartWith("SignUpCode by Email was not delivered: ");
        lines[0].ToJsonString().ShouldNotContain("example.com");
    }

    [Fact]
    public async Task What_is_set_is_answered_and_an_empty_list_ends_it()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--LogDestinations:0", $"{Group} file:/dev/null", "--LogDestinations:1", $"{Bucket} file:/dev/null");
        var pool = await world.ThreatPoolAsync();
        var request = new[] { Notification(Group), Auth("S3Configuration", "BucketArn", Bucket) };

        var set = await SetAsync(pool, request).ShouldSucceedAsync();
        var got = await GetAsync(pool).ShouldSucceedAsync();

        got.ToJsonString().ShouldBe(set.ToJsonString());
        JsonNode.DeepEquals(got["LogDeliveryConfiguration"]!["LogConfigurations"], new JsonArray([.. request.Select(r => r.DeepClone())])).ShouldBeTrue(got.ToJsonString());
        await SetAsync(pool).ShouldSucceedAsync();
        (await GetAsync(pool)).Json["LogDeliveryConfiguration"]!["LogConfigurations"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--LogDestinations:0", $"{Group} file:/dev/null", "--LogDestinations:1", $"{Bucket} file:/dev/null");
        var (pool, essentials) = (await world.ThreatPoolAsync(), await world.PoolAsync());
        var two = Auth("S3Configuration", "BucketArn", Bucket);
        two["CloudWatchLogsConfiguration"] = new JsonObject { ["LogGroupArn"] = Group };
        var wrongLevel = Auth("S3Configuration", "BucketArn", Bucket);
        wrongLevel["LogLevel"] = "ERROR";
        var notificationInBucket = Notification(Group);
        notificationInBucket.Remove("CloudWatchLogsConfiguration");
        notificationInBucket["S3Configuration"] = new JsonObject { ["BucketArn"] = Bucket };

        (await SetAsync(pool, two)).ShouldBeError("InvalidParameterException");
        (await SetAsync(pool, wrongLevel)).ShouldBeError("InvalidParameterException");
        (await SetAsync(pool, notificationInBucket)).ShouldBeError("InvalidParameterException");
        (await SetAsync(pool, Notification(Group), Notification(Group))).ShouldBeError("InvalidParameterException");
        (await SetAsync(pool, Auth("S3Configuration", "BucketArn", Group))).ShouldBeError("InvalidParameterException");
        (await SetAsync(pool, Auth("FirehoseConfiguration", "StreamArn", Stream))).ShouldBeError("InvalidParameterException", $"The log destination {Stream} does not exist.");
        (await SetAsync(essentials, Auth("S3Configuration", "BucketArn", Bucket))).ShouldBeError("FeatureUnavailableInTierException");
        (await SetAsync(essentials, Notification(Group))).Status.ShouldBe(200);
        (await GetAsync(pool)).Json["LogDeliveryConfiguration"]!["LogConfigurations"]!.AsArray().ShouldBeEmpty();
    }

    private static JsonObject Auth(string destination, string member, string arn) => new()
    {
        ["LogLevel"] = "INFO", ["EventSource"] = "userAuthEvents", [destination] = new JsonObject { [member] = arn },
    };

    private static JsonObject Notification(string arn) => new()
    {
        ["LogLevel"] = "ERROR", ["EventSource"] = "userNotification", ["CloudWatchLogsConfiguration"] = new JsonObject { ["LogGroupArn"] = arn },
    };

    private static Task<Answer> SetAsync(TestPool pool, params JsonObject[] configurations) => pool.World.CallAsync("SetLogDeliveryConfiguration", new JsonObject
    {
        ["UserPoolId"] = pool.Id, ["LogConfigurations"] = new JsonArray([.. configurations.Select(c => c.DeepClone())]),
    });

    private static Task<Answer> GetAsync(TestPool pool) => pool.World.CallAsync("GetLogDeliveryConfiguration", new JsonObject { ["UserPoolId"] = pool.Id });

    private static async Task<List<JsonObject>> LinesAsync(Func<IReadOnlyList<string>> read, int atLeast)
    {
        for (var i = 0; i < 200 && read().Count < atLeast; i++) await Task.Delay(50);
        var lines = read().Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        return lines;
    }

    /// <summary>A collector, away at first.</summary>
    private sealed class Sink : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly List<string> bodies = [];

        public Sink()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1/logs/";
            probe.Stop();
            listener.Prefixes.Add(Url);
            listener.Start();
            _ = Task.Run(RunAsync);
        }

        public string Url { get; }

        public volatile bool IsAway = true;

        public volatile int Refused;

        public string ContentType { get; private set; } = "";

        public IReadOnlyList<string> Lines(bool isOtlp)
        {
            lock (bodies)
            {
                return isOtlp
                    ? [.. bodies.SelectMany(b => JsonNode.Parse(b)!["resourceLogs"]![0]!["scopeLogs"]![0]!["logRecords"]!.AsArray()).Select(r => r!["body"].Text("stringValue")!)]
                    : [.. bodies.SelectMany(b => b.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
            }
        }

        public void Dispose() => listener.Close();

        private async Task RunAsync()
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                if (IsAway) Interlocked.Increment(ref Refused);
                else lock (bodies) bodies.Add(body);
                ContentType = context.Request.ContentType ?? "";
                context.Response.StatusCode = IsAway ? 503 : 200;
                context.Response.Close();
            }
        }
    }
}
