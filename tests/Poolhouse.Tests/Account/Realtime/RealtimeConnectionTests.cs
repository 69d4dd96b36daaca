using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Poolhouse.Server.Account.Realtime;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Realtime;

/// <summary>Connections: whose pages may open one, how much one may say, and how it ends.</summary>
public sealed class RealtimeConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Group_C_Only_own_and_allowed_pages_and_what_is_no_page_may_connect()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--AllowedOrigins:0", "https://app.example.com", "--AllowedOrigins:1", "*");

        foreach (var origin in (string?[])[null, world.Url, world.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "https://app.example.com"])
        {
            await using var socket = await TestSocket.ConnectAsync(world, origin);
        }

        foreach (var origin in (string[])["https://evil.example.com", "null", "*", "https://app.example.com.evil.com", "http://app.example.com", "https://app.example.com:444"])
            (await Should.ThrowAsync<InvalidOperationException>(() => TestSocket.ConnectAsync(world, origin))).Message.ShouldBe("403", origin);
    }

    [Fact]
    public async Task A_plain_request_is_told_what_to_upgrade_to()
    {
        var world = await World.OnAsync();

        using var response = await world.Http.GetAsync("/ws", Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        response.Headers.Upgrade.ToString().ShouldBe("websocket");
        (await ApiAnswer.ReadAsync(response)).ShouldBeProblem(426, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_message_of_32_KiB_is_read_and_a_longer_one_is_read_over_and_told()
    {
        var world = await World.OnAsync();
        await using var socket = await TestSocket.ConnectAsync(world);

        await socket.SayAsync(new string('x', 32 * 1024));
        var longest = await socket.HearAsync();
        await socket.SayAsync(new string('x', (32 * 1024) + 1));
        var tooLong = await socket.HearAsync();
        await socket.SayPartAsync(new string('x', 400_000));
        await socket.SayAsync(new string('x', 400_000));
        var muchTooLong = await socket.HearAsync();
        await socket.SayAsync("{}");
        var next = await socket.HearAsync();

        RealtimeTests.Code(longest).ShouldBe("MALFORMED_MESSAGE");
        RealtimeTests.Code(tooLong).ShouldBe("MESSAGE_TOO_LARGE");
        RealtimeTests.Code(muchTooLong).ShouldBe("MESSAGE_TOO_LARGE");
        RealtimeTests.Code(next).ShouldBe("MALFORMED_MESSAGE");
    }

    [Fact]
    public async Task A_message_without_end_is_a_flood()
    {
        var world = await World.OnAsync();
        await using var socket = await TestSocket.ConnectAsync(world);

        await socket.SayPartAsync(new string('x', 1_000_000));
        await socket.SayPartAsync(new string('x', 200_000));

        (await socket.MaybeHearAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task Too_many_messages_are_told_and_a_flood_is_closed()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, Limits(l => l with { Answered = 3, Tolerated = 6, Window = TimeSpan.FromMinutes(10) }));
        await using var socket = await TestSocket.ConnectAsync(world);
        var codes = new List<string?>();

        for (var i = 0; i < 6; i++)
        {
            await socket.SayAsync("hello");
            codes.Add(RealtimeTests.Code(await socket.HearAsync()));
        }

        await socket.SayAsync("hello");

        codes.ShouldBe(["MALFORMED_MESSAGE", "MALFORMED_MESSAGE", "MALFORMED_MESSAGE", "TOO_MANY_REQUESTS", "TOO_MANY_REQUESTS", "TOO_MANY_REQUESTS"]);
        (await socket.MaybeHearAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_network_has_a_bounded_number_of_connections_and_gets_places_back()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, Limits(l => l with { MostOfNetwork = 2 }));
        var hub = world.Services.GetRequiredService<RealtimeHub>();
        await using var first = await TestSocket.ConnectAsync(world);
        var second = await TestSocket.ConnectAsync(world);

        (await Should.ThrowAsync<InvalidOperationException>(() => TestSocket.ConnectAsync(world))).Message.ShouldBe("429");
        await second.DisposeAsync();
        while (hub.Count > 1) await Task.Delay(10, Ct);
        await Task.Delay(20, Ct);

        await using var third = await TestSocket.ConnectAsync(world);
    }

    [Fact]
    public async Task A_peer_that_answers_no_ping_is_dropped_and_one_that_does_is_kept()
    {
        await using var world = await World.StartAsync(
            Engine.Sqlite, Limits(l => l with { PingInterval = TimeSpan.FromMilliseconds(100), PingTimeout = TimeSpan.FromMilliseconds(300) }));
        var hub = world.Services.GetRequiredService<RealtimeHub>();
        await using var alive = await TestSocket.ConnectAsync(world);
        var listening = alive.MaybeHearAsync();
        using var dead = new TcpClient();
        await dead.ConnectAsync(new Uri(world.Url).Host, new Uri(world.Url).Port, Ct);
        await dead.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /ws HTTP/1.1\r\nHost: {new Uri(world.Url).Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"),
            Ct);
        while (hub.Count < 2) await Task.Delay(10, Ct);

        // It reads all that comes and says nothing, until there is nothing more.
        try
        {
            await dead.GetStream().CopyToAsync(Stream.Null, Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct);
        }
        catch (IOException)
        {
            // Dropped, not said goodbye to.
        }

        while (hub.Count > 1) await Task.Delay(10, Ct);
        listening.IsCompleted.ShouldBeFalse();
        await alive.SayAsync("hello");
        RealtimeTests.Code((await listening)!).ShouldBe("MALFORMED_MESSAGE");
    }

    [Fact]
    public async Task A_server_that_stops_says_goodbye()
    {
        await using var world = await World.StartAsync();
        await using var socket = await TestSocket.ConnectAsync(world);

        world.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await socket.MaybeHearAsync()).ShouldBeNull();
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    private static Action<IServiceCollection> Limits(Func<RealtimeLimits, RealtimeLimits> change) => services => services.AddSingleton(change(new RealtimeLimits()));
}
