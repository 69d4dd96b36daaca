using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Poolhouse.Core.Stores;
using Poolhouse.Server;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Messaging.Queue;

/// <summary>Nodes that take requests, and <c>poolhouse worker</c> as a process that sends their mail.</summary>
public sealed class WorkerTests : IAsyncLifetime
{
    private static readonly string MasterKey = new('c', 64);
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-worker-").FullName;
    private readonly SmtpReceiver mail = new();
    private string[] shared = [];

    /// <summary>How a worker was killed that had handed a mail over, and how often the mail may arrive.</summary>
    public static TheoryData<string, int> Kills => new() { { "DATA", 1 }, { ".", 2 } };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await mail.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_worker_sends_what_two_nodes_leave_to_it_and_stops_when_it_is_told(Engine engine)
    {
        await PrepareAsync(engine);
        var health = $"http://127.0.0.1:{Ports.Free()}";
        await using var one = await NodeAsync();
        await using var two = await NodeAsync();
        await using var worker = await WorkerProcess.StartAsync([.. shared, "--urls", health]);

        List<string> people = [.. Enumerable.Range(0, 12).Select(i => $"person-{i}@example.com")];
        await Task.WhenAll(people.Select((person, i) => SignUpAsync(i % 2 == 0 ? one : two, person)));
        await QueueScene.UntilAsync(async () => await WaitingAsync(one) == 0);

        mail.Mails.Select(m => m.To.Single()).ShouldBe(people, ignoreOrder: true);
        using var http = new HttpClient { BaseAddress = new Uri(health) };
        (await http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = JsonNode.Parse(await http.GetStringAsync("/health/ready"))!;
        ready["parts"]!.AsArray().Select(part => $"{part!["name"]} {part["status"]}").ShouldBe(["database up", "mail up", "queue up"]);
        (await http.PostAsync("/", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await worker.EndAsync("TERM")).ShouldBe(0);
    }

    // RFC 5321 §4.5.3.2.6: only the answer to the end of the data makes a mail the receiver's. Who dies waiting for it can't know.
    [Theory, MemberData(nameof(Kills))]
    public async Task A_worker_that_is_killed_costs_one_copy_at_most_and_none_where_the_mail_was_not_taken(string stalled, int most)
    {
        await PrepareAsync(Engine.Sqlite);
        var stalls = 0;
        mail.Answer = verb => verb == stalled && Interlocked.Increment(ref stalls) == 1 ? SmtpAnswer.Stall : SmtpAnswer.Accept;
        await using var node = await NodeAsync();
        await using var worker = await WorkerProcess.StartAsync(shared);
        await SignUpAsync(node, "ann@example.com");
        await QueueScene.UntilAsync(() => Task.FromResult(stalls == 1));

        await worker.EndAsync("KILL");
        await using var next = await NodeAsync("--consume", "true");
        await Task.Delay(200);
        (await WaitingAsync(node)).ShouldBe(1);
        // The lease ends: time is moved, not waited for.
        await next.AdvanceAsync("PT31S");
        await QueueScene.UntilAsync(async () => await WaitingAsync(node) == 0);

        mail.Mails.Count.ShouldBe(most);
        mail.Mails.Select(m => m.Header("Message-ID").Single()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_says_what_it_lacks()
    {
        var problem = await Should.ThrowAsync<StartupException>(() => ServerBuilder.BuildAsync(["--master-key", MasterKey, "--data", folder], "Production", isWorker: true));
        problem.Message.ShouldBe("A worker needs Database, the same as the nodes have.\nA worker needs RabbitMq, the same as the nodes have.");

        problem = await Should.ThrowAsync<StartupException>(() => ServerBuilder.BuildAsync(["--rabbit-mq", "amqp://bob:secret@:x"], "Development"));
        problem.Message.ShouldNotContain("secret");

        problem = await Should.ThrowAsync<StartupException>(() => ServerBuilder.BuildAsync(["--consume", "false", "--data", folder], "Development"));
        problem.Message.ShouldStartWith("Consume:");
    }

    private async Task PrepareAsync(Engine engine)
    {
        var broker = await RabbitServer.OnAsync();
        var database = $"Data Source={Path.Combine(folder, "shared.db")}";
        if (engine == Engine.Postgres)
        {
            var server = await PostgresServer.FindAsync();
            if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
            Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
            database = await server!.CreateDatabaseAsync();
        }

        shared =
        [
            "--database", database, "--master-key", MasterKey, "--smtp", $"smtp://127.0.0.1:{mail.Port}?from=no-reply%40example.com",
            "--rabbit-mq", broker.Uri($"queue=worker-{Guid.NewGuid():N}"),
        ];
    }

    private Task<World> NodeAsync(params string[] more) => World.StartAsync(Engine.Sqlite, ["--consume", "false", .. shared, .. more]);

    private static async Task SignUpAsync(World node, string email) => await node.DoAsync("SignUp", new JsonObject
    {
        ["ClientId"] = "poolhousewebclient00000000",
        ["Username"] = email,
        ["Password"] = "Correct-horse-7",
        ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = email }),
    });

    private static async Task<long> WaitingAsync(World node) =>
        (await node.Services.GetRequiredService<IDatabase>().ReadAsync(stores => stores.Outbox.StateAsync(CancellationToken.None), CancellationToken.None)).Waiting;
}
