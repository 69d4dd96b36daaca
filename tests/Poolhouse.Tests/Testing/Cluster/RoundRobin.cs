using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>
/// What stands in front of the nodes: each request goes to the next one of those that said, at most a quarter of a second ago, that they are ready. It
/// retries nothing: what a node does not answer is a 502 here. Nodes see who calls, for it connects from the caller's address.
/// </summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollPatience = TimeSpan.FromSeconds(1);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient health = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = PollPatience };
    private readonly ConcurrentDictionary<int, Backend> backends = new();
    private readonly ConcurrentDictionary<Task, bool> open = new();
    private readonly Task accepting;
    private int next;

    public RoundRobin()
    {
        listener.Start(512);
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Requests that no node answered, each with what happened.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Requests that a node answered, by the node's name.</summary>
    public ConcurrentDictionary<string, int> Served { get; } = new();

    /// <summary>Takes a node up; it gets requests once it is ready.</summary>
    public void Add(ClusterNode node)
    {
        var backend = new Backend(node.Name, node.Port);
        backends[node.Port] = backend;
        backend.Polling = PollAsync(backend);
    }

    /// <summary>Forgets a node.</summary>
    public async Task RemoveAsync(ClusterNode node)
    {
        if (!backends.TryRemove(node.Port, out var backend)) return;
        await backend.Gone.CancelAsync();
        await backend.Polling;
    }

    /// <summary>Whether a node gets requests.</summary>
    public bool IsReady(ClusterNode node) => backends.TryGetValue(node.Port, out var backend) && backend.IsReady;

    /// <summary>Waits until a node gets requests, or no longer does.</summary>
    /// <exception cref="TimeoutException">It took more than thirty seconds.</exception>
    public async Task UntilAsync(ClusterNode node, bool isReady)
    {
        for (var attempt = 0; IsReady(node) != isReady; attempt++)
        {
            if (attempt == 3000) throw new TimeoutException($"{node.Name} is {(isReady ? "not ready" : "still ready")} after 30 seconds.\n{node.Log}");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        foreach (var (_, backend) in backends) await backend.Polling;
        await Task.WhenAll(open.Keys);
        listener.Stop();
        health.Dispose();
        stop.Dispose();
    }

    private async Task PollAsync(Backend backend)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, backend.Gone.Token);
        try
        {
            while (true)
            {
                backend.IsReady = await IsReadyAsync(backend, either.Token);
                await Task.Delay(PollInterval, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            backend.IsReady = false;
        }
    }

    private async Task<bool> IsReadyAsync(Backend backend, CancellationToken ct)
    {
        try
        {
            using var answer = await health.GetAsync($"http://127.0.0.1:{backend.Port}/health/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                client.NoDelay = true;
                var serving = ServeAsync(client);
                open[serving] = true;
                _ = serving.ContinueWith(done => open.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    // A connection of a client's has at most one to each node, which end with it.
    private async Task ServeAsync(Socket socket)
    {
        var from = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        var upstreams = new Dictionary<int, HttpPeer>();
        using var client = new HttpPeer(socket);
        try
        {
            while (await client.ReadAsync(null, stop.Token) is { } request)
                if (!await ForwardAsync(client, request, from, upstreams)) return;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // The client went away.
        }
        finally
        {
            foreach (var (_, upstream) in upstreams) upstream.Dispose();
        }
    }

    private async Task<bool> ForwardAsync(HttpPeer client, HttpMessage request, IPAddress from, Dictionary<int, HttpPeer> upstreams)
    {
        if (Next() is not { } backend)
        {
            Failures.Enqueue($"{Now()} no node is ready: {Describe(request)}");
            await client.WriteAsync(HttpMessage.Answer(503, "No node is ready."), stop.Token);
            return true;
        }

        HttpMessage answer;
        HttpPeer upstream;
        try
        {
            upstream = await UpstreamAsync(backend, from, upstreams);
            await upstream.WriteAsync(request, stop.Token);
            answer = await upstream.ReadAsync(request.Method, stop.Token) ?? throw new IOException("Closed without an answer.");
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            if (upstreams.Remove(backend.Port, out var broken)) broken.Dispose();
            Failures.Enqueue($"{Now()} {backend.Name}: {failure.Message} {Describe(request)}");
            await client.WriteAsync(HttpMessage.Answer(502, $"{backend.Name}: {failure.Message}"), stop.Token);
            return true;
        }

        Served.AddOrUpdate(backend.Name, 1, static (_, count) => count + 1);
        await client.WriteAsync(answer.ToNextHop(), stop.Token);
        if (answer.Status == 101)
        {
            await client.TunnelAsync(upstream, stop.Token);
            return false;
        }

        if (answer.Closes && upstreams.Remove(backend.Port, out var closing)) closing.Dispose();
        return true;
    }

    private async Task<HttpPeer> UpstreamAsync(Backend backend, IPAddress from, Dictionary<int, HttpPeer> upstreams)
    {
        if (upstreams.TryGetValue(backend.Port, out var known))
        {
            if (known.IsIdle) return known;
            known.Dispose();
        }

        return upstreams[backend.Port] = new HttpPeer(await ClusterClient.ConnectAsync(from, backend.Port, stop.Token));
    }

    private Backend? Next()
    {
        var ready = backends.Values.Where(backend => backend.IsReady).OrderBy(backend => backend.Port).ToList();
        return ready.Count == 0 ? null : ready[(int)((uint)Interlocked.Increment(ref next) % ready.Count)];
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);

    private static string Describe(HttpMessage request) => $"({request.First} {request.Header("X-Amz-Target")})";

    private sealed class Backend(string name, int port)
    {
        private volatile bool ready;

        public string Name => name;

        public int Port => port;

        public CancellationTokenSource Gone { get; } = new();

        public Task Polling { get; set; } = Task.CompletedTask;

        public bool IsReady
        {
            get => ready;
            set => ready = value;
        }
    }
}
