using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Poolhouse.Conformance.Running;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Hosting;

/// <summary>How a node leaves: a real process that is told to.</summary>
[Collection(Alone.Name)]
public sealed class DrainTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-drain-").FullName;
    private readonly int port = Ports.Free();
    private GuardedProcess? process;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_says_so_serves_on_finishes_what_it_has_and_ends_well()
    {
        using var http = await StartAsync("--drain-seconds", "2");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/ws"), Ct);
        using var slow = await BeginAsync();

        var ending = process!.SignalAsync("TERM");
        var ready = await ReadyAsync(http);

        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Ct)).ShouldContain("draining");
        ready.Headers.ConnectionClose.ShouldBe(true);
        var answer = await http.GetAsync("/config.json", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ConnectionClose.ShouldBe(true);
        var closed = await socket.ReceiveAsync(new byte[100], Ct);
        closed.MessageType.ShouldBe(WebSocketMessageType.Close);
        closed.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
        // It listens no more, and what it had begun it finishes.
        await UntilClosedAsync();
        (await EndAsync(slow)).ShouldStartWith("HTTP/1.1 4");
        (await ending).ShouldBe(0);
    }

    [Fact]
    public async Task Told_twice_it_stops_at_once()
    {
        using var http = await StartAsync("--drain-seconds", "600");
        await process!.SendAsync("TERM");
        (await ReadyAsync(http)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await process.SignalAsync("INT")).ShouldBe(0);
    }

    [Fact]
    public async Task In_Development_nobody_waits()
    {
        using var http = await StartAsync();

        (await process!.SignalAsync("TERM").WaitAsync(TimeSpan.FromSeconds(20), Ct)).ShouldBe(0);
        process.Output.ShouldNotContain("not ready any more");
    }

    private async Task<HttpClient> StartAsync(params string[] arguments)
    {
        process = await GuardedProcess.StartAsync(
            ["dotnet", Repository.Server, "--urls", $"http://127.0.0.1:{port}", "--data", Path.Combine(folder, "data"), .. arguments],
            folder,
            new Dictionary<string, string?> { ["DOTNET_ENVIRONMENT"] = "Development" },
            awaitedLine: "ready on");
        await process.ReadyAsync();
        return new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    // The signal and the request race; it hears of it within moments.
    private static async Task<HttpResponseMessage> ReadyAsync(HttpClient http)
    {
        while (true)
        {
            var answer = await http.GetAsync("/health/ready", Ct);
            if (answer.StatusCode != HttpStatusCode.OK) return answer;
        }
    }

    // A request whose body comes in two parts.
    private async Task<TcpClient> BeginAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\n\r\n{{"), Ct);
        return client;
    }

    private static async Task<string> EndAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("}"u8.ToArray(), Ct);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Ct);
    }

    private async Task UntilClosedAsync()
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, Ct);
                await Task.Delay(20, Ct);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
