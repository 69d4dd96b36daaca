using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Poolhouse.Tests.Faults.Network;

public sealed class TcpProxyTests
{
    [Fact]
    public async Task What_is_sent_through_a_whole_cable_arrives_both_ways()
    {
        await using var scene = new Scene();

        (await scene.AskAsync("one")).ShouldBe("one");
    }

    [Fact]
    public async Task Nothing_arrives_through_one_that_is_cut_silently_and_its_connections_break_when_it_is_mended()
    {
        await using var scene = new Scene();
        await scene.AskAsync("one");

        scene.Cable.Break(Cut.Silent);
        var asking = scene.AskAsync("two");
        var first = await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(300)));
        scene.Cable.Mend();

        first.ShouldNotBe(asking);
        await Should.ThrowAsync<IOException>(asking);
    }

    [Fact]
    public async Task Connections_break_at_once_where_it_is_cut_by_resets()
    {
        await using var scene = new Scene();
        await scene.AskAsync("one");

        scene.Cable.Break(Cut.Reset);

        await Should.ThrowAsync<IOException>(scene.AskAsync("two"));
    }

    /// <summary>A server that says what it hears, and a client at the other end of a cable.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly TcpListener echo = new(IPAddress.Loopback, 0);
        private readonly TcpClient client = new();

        public Scene()
        {
            echo.Start();
            Cable = new TcpProxy(((IPEndPoint)echo.LocalEndpoint).Port);
            _ = EchoAsync();
            client.Connect(IPAddress.Loopback, Cable.Port);
        }

        public TcpProxy Cable { get; }

        public async Task<string> AskAsync(string text)
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
            var answer = new byte[text.Length];
            await stream.ReadExactlyAsync(answer);
            return Encoding.ASCII.GetString(answer);
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await Cable.DisposeAsync();
            echo.Dispose();
        }

        private async Task EchoAsync()
        {
            try
            {
                using var peer = await echo.AcceptTcpClientAsync();
                await peer.GetStream().CopyToAsync(peer.GetStream());
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
            {
                // The end.
            }
        }
    }
}
