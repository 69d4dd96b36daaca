using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Health;

/// <summary><c>/health/ready</c> with real engines that are stopped and held still.</summary>
[Collection(Alone.Name)]
public sealed class HealthTests
{
    // The limit of a check, that of a look that is under way already, and a busy machine.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task It_names_its_engines(Engine engine)
    {
        var world = await World.OnAsync(engine);

        var (status, answer) = await ReadyAsync(world);

        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldBe("""{"status":"ready","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false}]}""");
    }

    [Fact]
    public async Task Without_Redis_it_is_degraded_and_says_so()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var world = await World.StartAsync(Engine.Sqlite, "--redis", redis.Configuration);
        await UntilAsync(world, """{"status":"ready","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false},{"name":"redis","status":"up","required":false}]}""");

        redis.Stop();
        await UntilAsync(world, """{"status":"degraded","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false},{"name":"redis","status":"down","required":false}]}""");
        (await ReadyAsync(world)).Status.ShouldBe(HttpStatusCode.OK);

        await redis.ResumeAsync();
        await UntilAsync(world, """{"status":"ready","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false},{"name":"redis","status":"up","required":false}]}""");
    }

    [Fact]
    public async Task While_the_database_stands_still_it_is_unavailable_in_time()
    {
        var server = await PostgresServer.StartOwnAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        await using var world = await World.StartAsync(Engine.Sqlite, "--database", await server!.CreateDatabaseAsync());
        (await ReadyAsync(world)).Status.ShouldBe(HttpStatusCode.OK);

        await server.PauseAsync();
        try
        {
            await UntilAsync(world, """{"status":"unavailable","parts":[{"name":"database","status":"down","required":true},{"name":"mail","status":"up","required":false}]}""");
            var watch = Stopwatch.StartNew();
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ReadyAsync(world)));
            watch.Elapsed.ShouldBeLessThan(Bound);
            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
            (await world.Http.GetStringAsync("/health/live", Ct)).ShouldBe("alive");
        }
        finally
        {
            await server.ContinueAsync();
        }

        await UntilAsync(world, """{"status":"ready","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false}]}""");
    }

    [Fact]
    public async Task A_scanner_that_is_away_degrades_and_one_that_is_there_does_not()
    {
        var daemon = await ClamAvDaemon.GetAsync();
        await using var with = await World.StartAsync(Engine.Sqlite, "--kyc:clam-av", $"tcp://127.0.0.1:{daemon.Port}");
        await using var without = await World.StartAsync(Engine.Sqlite, "--kyc:clam-av", $"tcp://127.0.0.1:{Ports.Free()}");

        (await ReadyAsync(with)).Body.ShouldBe("""{"status":"ready","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false},{"name":"scanner","status":"up","required":false}]}""");
        (await ReadyAsync(without)).Body.ShouldBe("""{"status":"degraded","parts":[{"name":"database","status":"up","required":true},{"name":"mail","status":"up","required":false},{"name":"scanner","status":"down","required":false}]}""");
    }

    [Fact]
    public async Task A_node_that_leaves_is_not_ready()
    {
        await using var world = await World.StartAsync();
        world.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var (status, body) = await ReadyAsync(world);

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonNode.Parse(body)!["status"]!.GetValue<string>().ShouldBe("draining");
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(World world)
    {
        using var response = await world.Http.GetAsync("/health/ready", Ct);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task UntilAsync(World world, string expected)
    {
        var watch = Stopwatch.StartNew();
        string body;
        while ((body = (await ReadyAsync(world)).Body) != expected)
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(20)) body.ShouldBe(expected);
            await Task.Delay(50, Ct);
        }
    }
}
