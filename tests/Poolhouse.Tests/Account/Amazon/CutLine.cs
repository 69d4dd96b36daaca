using System.Net;
using System.Net.Sockets;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Amazon;

/// <summary>What a line between two machines can do.</summary>
internal enum LineState
{
    /// <summary>It carries everything.</summary>
    Up,

    /// <summary>It carries nothing.</summary>
    Cut,

    /// <summary>Requests arrive, answers don't.</summary>
    LosesAnswers,
}

/// <summary>A line to a server that a test can cut.</summary>
internal sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, Ports.Free());
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Task accepting;

    public CutLine(string url)
    {
        target = new Uri(url).Port;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public LineState State { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = CarryAsync(client);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            if (State == LineState.Cut) return;
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            await Task.WhenAny(PassAsync(near.GetStream(), far.GetStream(), isAnswer: false), PassAsync(far.GetStream(), near.GetStream(), isAnswer: true));
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, stop.Token) is > 0 and var count)
        {
            // Connections that are open already are cut too.
            if (State == LineState.Cut || (isAnswer && State == LineState.LosesAnswers)) return;
            await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
        }
    }
}
