using System.Security.Cryptography;
using Poolhouse.Tests.Faults.Network;
using Poolhouse.Tests.Testing;
using Poolhouse.Tests.Testing.Cluster;

namespace Poolhouse.Tests.Faults;

/// <summary>What a node needs of others.</summary>
internal enum EngineKind
{
    /// <summary>PostgreSQL.</summary>
    Database,

    /// <summary>Redis.</summary>
    Redis,

    /// <summary>The mail server.</summary>
    Mail,

    /// <summary>RabbitMQ.</summary>
    Queue,
}

/// <summary>
/// Engines and nodes to break. Nodes are processes of the built server; between each node and each engine there is a cable that can be cut. They run in
/// Development for its cheap password hashes and its clock: the load is that of many people, and the machine is small.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("poolhouse-faults-").FullName;
    private readonly List<Node> nodes = [];
    private readonly string masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private PostgresPair? postgres;
    private PostgresProcess[] places = [];
    private RedisServer? redis;
    private RabbitServer? rabbit;
    private string database = "";
    private Action<string>? releaseData;

    private Installation()
    {
    }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The mail server.</summary>
    public MailSink Mail { get; } = new();

    /// <summary>The database servers.</summary>
    public PostgresPair Postgres => postgres!;

    /// <summary>Redis, which keeps its data in <see cref="RedisFolder"/>.</summary>
    public RedisServer Redis => redis!;

    /// <summary>RabbitMQ.</summary>
    public RabbitServer Rabbit => rabbit!;

    /// <summary>What Redis keeps.</summary>
    public string RedisFolder => Path.Combine(folder, "redis");

    /// <summary>The folder of the embedded database.</summary>
    public string DataFolder => Path.Combine(folder, "data");

    /// <summary>Nodes on PostgreSQL with a standby, Redis, RabbitMQ and a mail server; skips the test where one is not installed, fails it in CI.</summary>
    public static async Task<Installation> StartAsync(int nodes)
    {
        var made = new Installation();
        try
        {
            made.Mail.Start();
            Directory.CreateDirectory(made.RedisFolder);
            var broker = RabbitServer.StartAsync();
            made.redis = await RedisServer.StartAsync("--dir", made.RedisFolder, "--appendonly", "yes", "--appendfsync", "always");
            made.postgres = await PostgresPair.StartAsync();
            made.rabbit = await broker;
            made.places = [made.postgres.Primary, made.postgres.Standby!];
            // Seconds, so that what nobody answers is given up before a client gives up.
            made.database = await made.postgres.CreateEmptyDatabaseAsync("Timeout=3;Command Timeout=4;Cancellation Timeout=500");
            for (var i = 0; i < nodes; i++) made.AddNode();
            await Task.WhenAll(made.nodes.Select(node => node.Process.StartAsync()));
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>One node on the embedded database, in a folder that may be another file system.</summary>
    /// <param name="prepareData">Makes something of the folder before anything is in it.</param>
    /// <param name="releaseData">Takes that back at the end.</param>
    public static async Task<Installation> StartEmbeddedAsync(Action<string> prepareData, Action<string> releaseData)
    {
        var made = new Installation();
        try
        {
            made.Mail.Start();
            Dictionary<EngineKind, IReadOnlyList<TcpProxy>> none = [];
            Directory.CreateDirectory(made.DataFolder);
            prepareData(made.DataFolder);
            made.releaseData = releaseData;
            made.nodes.Add(new Node("node-1", made.folder, made.Environment("node-1", none), none));
            await made.nodes[0].Process.StartAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new standby takes the place of the server that died: the nodes know the same two addresses.</summary>
    public async Task JoinStandbyAsync()
    {
        await Postgres.JoinStandbyAsync();
        places[places[0] == Postgres.Primary ? 1 : 0] = Postgres.Standby!;
    }

    /// <summary>What the nodes printed last.</summary>
    public string Logs(int linesEach) =>
        string.Join('\n', nodes.Select(node => $"--- {node.Process.Name}{(node.Process.IsRunning ? "" : " (ended)")}\n{string.Join('\n', node.Process.Log.Split('\n').TakeLast(linesEach))}"));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        await Mail.DisposeAsync();
        if (redis is not null) await redis.DisposeAsync();
        if (rabbit is not null) await rabbit.DisposeAsync();
        if (postgres is not null) await postgres.DisposeAsync();
        releaseData?.Invoke(DataFolder);
        Directory.Delete(folder, recursive: true);
    }

    private void AddNode()
    {
        var name = $"node-{nodes.Count + 1}";
        var first = new TcpProxy(() => places[0].Port);
        var second = new TcpProxy(() => places[1].Port);
        var toRedis = new TcpProxy(redis!.Port);
        var toMail = new TcpProxy(Mail.Port);
        var cables = new Dictionary<EngineKind, IReadOnlyList<TcpProxy>>
        {
            [EngineKind.Database] = [first, second], [EngineKind.Redis] = [toRedis], [EngineKind.Mail] = [toMail],
            [EngineKind.Queue] = [new TcpProxy(rabbit!.Port)],
        };
        nodes.Add(new Node(name, folder, Environment(name, cables), cables));
    }

    private Dictionary<string, string?> Environment(string name, Dictionary<EngineKind, IReadOnlyList<TcpProxy>> cables)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["POOLHOUSE_MASTER_KEY"] = masterKey,
            ["POOLHOUSE__DATA"] = cables.Count == 0 ? DataFolder : Path.Combine(folder, name),
            ["POOLHOUSE__PUBLICURL"] = "http://localhost:8001",
            ["POOLHOUSE__SMTP"] = $"smtp://127.0.0.1:{(cables.Count == 0 ? Mail.Port : cables[EngineKind.Mail][0].Port)}?from=no-reply@example.com&timeout=3",
        };
        if (cables.Count == 0) return environment;
        environment["POOLHOUSE__DATABASE"] = database
            .Replace($":{postgres!.Primary.Port}", $":{cables[EngineKind.Database][0].Port}", StringComparison.Ordinal)
            .Replace($":{postgres.Standby!.Port}", $":{cables[EngineKind.Database][1].Port}", StringComparison.Ordinal);
        environment["POOLHOUSE__REDIS"] = $"127.0.0.1:{cables[EngineKind.Redis][0].Port}";
        environment["POOLHOUSE__RABBITMQ"] = $"amqp://guest:guest@127.0.0.1:{cables[EngineKind.Queue][0].Port}/";
        return environment;
    }
}

/// <summary>A node and its cables.</summary>
internal sealed class Node(
    string name, string folder, IReadOnlyDictionary<string, string?> environment, IReadOnlyDictionary<EngineKind, IReadOnlyList<TcpProxy>> cables) : IAsyncDisposable
{
    /// <summary>Its process.</summary>
    public ClusterNode Process { get; } = new(name, folder, environment);

    /// <summary>Its base address, without a slash at its end.</summary>
    public string Url => $"http://127.0.0.1:{Process.Port}";

    /// <summary>Cuts it off from an engine.</summary>
    public void Break(EngineKind engine, Cut how)
    {
        foreach (var cable in cables[engine]) cable.Break(how);
    }

    /// <summary>Connects it again.</summary>
    public void Mend(EngineKind engine)
    {
        foreach (var cable in cables[engine]) cable.Mend();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        foreach (var cable in cables.Values.SelectMany(all => all)) await cable.DisposeAsync();
    }
}
