using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Tests.Faults.Network;

/// <summary>How a cable is cut.</summary>
internal enum Cut
{
    /// <summary>It is whole.</summary>
    None,

    /// <summary>Nothing arrives any more in either direction and nobody is told, as behind a firewall that drops packets.</summary>
    Silent,

    /// <summary>Every connection breaks at once, and every new one.</summary>
    Reset,
}

/// <summary>
/// The network between one node and one engine. What was on its way when it was cut is lost with its connection: after the cable is mended, connections
/// of before are reset, as a peer's stack would do that has given up on them.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly CancellationTokenSource ending = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task accepting;
    private readonly Func<int> target;
    private volatile Cut cut;

    /// <summary>To a port of this machine.</summary>
    public TcpProxy(int target)
        : this(() => target)
    {
    }

    /// <summary>To a port of this machine that may become another one.</summary>
    public TcpProxy(Func<int> target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where the node connects.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts it.</summary>
    public void Break(Cut how)
    {
        cut = how;
        if (how == Cut.Reset) ResetAll();
    }

    /// <summary>Mends it.</summary>
    public void Mend()
    {
        var was = cut;
        cut = Cut.None;
        if (was == Cut.Silent) ResetAll();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        ResetAll();
        await accepting;
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptSocketAsync(ending.Token);
                open[client] = true;
                _ = ServeAsync(client);
            }
            catch (Exception stopped) when (stopped is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Socket? server = null;
        try
        {
            if (cut == Cut.Reset) return;
            // A connection that is made while nothing arrives waits like one whose first packet was dropped.
            while (cut == Cut.Silent) await Task.Delay(50, ending.Token);
            server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            open[server] = true;
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, target(), ending.Token);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone, or nobody listens.
        }
        finally
        {
            // Nobody hears of an end while nothing arrives.
            while (cut == Cut.Silent && !ending.IsCancellationRequested) await Task.Delay(50);
            Close(client, isReset: cut != Cut.None);
            if (server is not null) Close(server, isReset: cut != Cut.None);
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, ending.Token) is > 0 and var count)
            {
                if (cut != Cut.None)
                {
                    // Lost; and with it the connection, once somebody can be told.
                    while (cut == Cut.Silent) await Task.Delay(50, ending.Token);
                    return;
                }

                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent..count), ending.Token);
            }
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private void ResetAll()
    {
        foreach (var socket in open.Keys) Close(socket, isReset: true);
    }

    private void Close(Socket socket, bool isReset)
    {
        open.TryRemove(socket, out _);
        try
        {
            // Without lingering the peer hears of a reset, not of an end.
            if (isReset) socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It was closed already.
        }
    }
}
