using System.Net;
using System.Security.Cryptography;
using Poolhouse.Conformance.Running;

namespace Poolhouse.Tests.Testing.Cluster;

/// <summary>
/// Nodes as they run in earnest: processes of the built server, outside Development, on one PostgreSQL and one Redis, with mail by SMTP, behind
/// a <see cref="RoundRobin"/>. Rate limits are on; request quotas are off, for tests are many people on one machine.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const string KeyId = "AKIDPOOLHOUSE0000001";

    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-cluster-").FullName;
    private readonly List<ClusterNode> nodes = [];
    private readonly Dictionary<string, string?> environment;
    private readonly SmtpReceiver receiver = new();
    private int made;
    private int addresses;

    private TestCluster(ClusterOptions options, string database, RedisServer? redis)
    {
        Redis = redis;
        Mails = new ClusterMails(receiver);
        Url = $"http://127.0.0.1:{Front.Port}";
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));
        Signer = new AwsSigner(KeyId, secret, SessionToken: null);
        environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["POOLHOUSE_MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["POOLHOUSE__ACCESSKEYS__" + KeyId] = secret,
            ["POOLHOUSE__DATA"] = Path.Combine(folder, "data"),
            ["POOLHOUSE__DATABASE"] = database,
            ["POOLHOUSE__ENFORCEREQUESTQUOTAS"] = "false",
            ["POOLHOUSE__PUBLICURL"] = Url,
            ["POOLHOUSE__REDIS"] = options.HasRedis ? options.Redis ?? redis!.Configuration : null,
            ["POOLHOUSE__SMTP"] = options.Smtp ?? $"smtp://127.0.0.1:{receiver.Port}?from=no-reply@example.com",
        };
        foreach (var (name, value) in options.Environment) environment[name] = value;
    }

    /// <summary>The public URL, which is the front's.</summary>
    public string Url { get; }

    /// <summary>What stands in front of the nodes.</summary>
    public RoundRobin Front { get; } = new();

    /// <summary>The nodes there are, in the order in which they were added.</summary>
    public IReadOnlyList<ClusterNode> Nodes => nodes;

    /// <summary>The cluster's own Redis; null where it has none, or another's.</summary>
    public RedisServer? Redis { get; }

    /// <summary>The mail server.</summary>
    public SmtpReceiver Receiver => receiver;

    /// <summary>What came to it.</summary>
    public ClusterMails Mails { get; }

    /// <summary>Signs administrators' calls.</summary>
    public AwsSigner Signer { get; }

    /// <summary>A cluster whose nodes all get requests; skips the test where an engine is not installed, fails it in CI.</summary>
    public static async Task<TestCluster> StartAsync(ClusterOptions? options = null)
    {
        options ??= new ClusterOptions();
        var redis = options is { HasRedis: true, Redis: null } ? await RedisServer.StartAsync() : null;
        var cluster = new TestCluster(options, options.Database ?? await EmptyDatabaseAsync(), redis);
        try
        {
            await cluster.AddNodesAsync(options.Nodes);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody from an address that nobody else of this cluster calls from.</summary>
    public ClusterClient NewClient()
    {
        var number = Interlocked.Increment(ref addresses);
        return new ClusterClient(this, new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + (number % 250))]));
    }

    /// <summary>One more node, once it gets requests.</summary>
    public async Task<ClusterNode> AddNodeAsync() => (await AddNodesAsync(1))[0];

    /// <summary>Takes a node away as an operator does: SIGTERM, and it ends when it is done. Answers its exit code.</summary>
    public async Task<int> TakeAwayAsync(ClusterNode node)
    {
        var code = await node.TerminateAsync();
        nodes.Remove(node);
        await Front.RemoveAsync(node);
        return code;
    }

    /// <summary>Runs a command of the program, such as <c>rotate-keys</c>, on the cluster's engines; answers what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string> RunAsync(params string[] command)
    {
        await using var process = await GuardedProcess.StartAsync(["dotnet", Repository.Server, .. command], folder, environment);
        var code = await process.ExitAsync();
        return code == 0 ? process.Output : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}:\n{process.Output}");
    }

    /// <summary>Writes what the front and the nodes have to say to the output of a test that has failed; for its end.</summary>
    public void TellIfFailed()
    {
        if (TestContext.Current.TestState?.Result != TestResult.Failed) return;
        var output = TestContext.Current.TestOutputHelper;
        foreach (var failure in Front.Failures.TakeLast(20)) output?.WriteLine($"front: {failure}");
        foreach (var node in nodes) output?.WriteLine($"--- {node.Name}{(node.IsRunning ? "" : " (ended)")}\n{string.Join('\n', node.Log.Split('\n').TakeLast(60))}");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        await Front.DisposeAsync();
        await receiver.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IReadOnlyList<ClusterNode>> AddNodesAsync(int count)
    {
        List<ClusterNode> added = [.. Enumerable.Range(0, count).Select(_ => new ClusterNode($"node-{++made}", folder, environment))];
        nodes.AddRange(added);
        await Task.WhenAll(added.Select(node => node.StartAsync()));
        foreach (var node in added) Front.Add(node);
        foreach (var node in added) await Front.UntilAsync(node, isReady: true);
        return added;
    }

    private static async Task<string> EmptyDatabaseAsync()
    {
        var server = await PostgresServer.FindAsync();
        if (server is null && Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("PostgreSQL is not installed, but CI has to test with it.");
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        return await server!.CreateEmptyDatabaseAsync();
    }
}
