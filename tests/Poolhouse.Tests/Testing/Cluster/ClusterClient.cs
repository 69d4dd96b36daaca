using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>
/// Somebody in a network of their own, as limits see it, who calls the cluster: through the front, or one node past it. Either way the URL is
/// the public one, so that signatures, origins and tokens are the same. What tests know to do with a <see cref="World"/> can be done here.
/// </summary>
internal sealed class ClusterClient : IAsyncDisposable
{
    private readonly TestCluster cluster;
    private readonly ConcurrentDictionary<int, World> worlds = new();

    /// <summary>From one of the addresses of this machine.</summary>
    public ClusterClient(TestCluster cluster, IPAddress address)
    {
        this.cluster = cluster;
        Address = address;
    }

    /// <summary>Where they call from.</summary>
    public IPAddress Address { get; }

    /// <summary>The cluster, as everybody sees it.</summary>
    public World Front => Through(cluster.Front.Port);

    /// <summary>One node, from 0; greater numbers begin anew, so that runners of a race can be numbered.</summary>
    public World At(int node) => At(cluster.Nodes[node % cluster.Nodes.Count]);

    /// <summary>One node.</summary>
    public World At(ClusterNode node) => Through(node.Port);

    /// <summary>One after the other.</summary>
    public IEnumerable<World> Each() => cluster.Nodes.Select(At);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, world) in worlds) await world.DisposeAsync();
    }

    private World Through(int port) => worlds.GetOrAdd(port, static (port, self) =>
    {
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 256,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = async (_, ct) => new NetworkStream(await ConnectAsync(self.Address, port, ct), ownsSocket: true),
        };
        var http = new HttpClient(handler) { BaseAddress = new Uri(self.cluster.Url) };
        return World.Of(new World.Remote(http, self.cluster.Signer, self.cluster.Mails.CodeAsync));
    }, this);

    /// <summary>Connects to a port of this machine from one of its addresses; Linux has all of 127.0.0.0/8.</summary>
    internal static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), ct);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
