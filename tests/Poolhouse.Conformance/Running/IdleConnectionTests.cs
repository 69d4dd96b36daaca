using System.Net.Sockets;
using System.Text;

namespace Poolhouse.Conformance.Running;

/// <summary>What thousands of people who have the page open cost.</summary>
public sealed class IdleConnectionTests
{
    private const int Connections = 5000;
    private const long Budget = 250L * 1024 * 1024;

    [Fact]
    public async Task Five_thousand_idle_connections_are_held_within_250_megabytes_and_all_still_work()
    {
        await using var server = await RunningServer.StartAsync();
        var sockets = new List<Socket>(Connections) { await OpenAsync(server) };
        try
        {
            var before = await server.ResidentBytesAsync();
            while (sockets.Count < Connections)
                sockets.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(100, Connections - sockets.Count)).Select(_ => OpenAsync(server))));
            var cost = await server.ResidentBytesAsync() - before;
            TestContext.Current.TestOutputHelper?.WriteLine($"{Connections} connections: {cost / 1024 / 1024} MiB, {cost / Connections / 1024.0:F1} KiB each.");

            cost.ShouldBeLessThan(Budget);
            foreach (var socket in (Socket[])[sockets[0], sockets[Connections / 2], sockets[^1]]) (await AskAsync(socket)).ShouldContain("MALFORMED_MESSAGE");
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    private static async Task<Socket> OpenAsync(RunningServer server)
    {
        var url = new Uri(server.Url);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        (await HearAsync(socket)).ShouldStartWith("HTTP/1.1 101 ");
        return socket;
    }

    // RFC 6455 §5.2: a text frame of two bytes under a mask of zeros.
    private static async Task<string> AskAsync(Socket socket)
    {
        await socket.SendAsync(new byte[] { 0x81, 0x82, 0, 0, 0, 0, (byte)'h', (byte)'i' });
        return await HearAsync(socket);
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[1024];
        return Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
    }
}
