using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Outbox;
using Poolhouse.Messaging.Queue;
using Poolhouse.Messaging.Sending;
using Poolhouse.Storage;
using Poolhouse.Tests.Testing;
using RabbitMQ.Client;

namespace Poolhouse.Tests.Messaging.Queue;

/// <summary>A broker's queue of the test's own, a mail server, and nodes that share a database.</summary>
internal sealed class QueueScene(Database database, RabbitServer broker) : IAsyncDisposable
{
    private readonly List<ServiceProvider> nodes = [];
    private ServiceProvider? looking;

    /// <summary>Where mail arrives.</summary>
    public SmtpReceiver Mail { get; } = new();

    /// <summary>The queue's name.</summary>
    public string Name { get; } = $"test-{Guid.NewGuid():N}";

    /// <summary>Milliseconds are the store's measure.</summary>
    public static DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>The ids of mails that arrived, each as often as it did.</summary>
    public IReadOnlyList<string> Arrived => [.. Mail.Mails.Select(mail => mail.Header("Message-ID").Single().Trim('<', '>').Split('@')[0])];

    /// <summary>A scene on an empty outbox.</summary>
    public static async Task<QueueScene> OnAsync(Database database, RabbitServer? broker = null)
    {
        await database.ResetAsync(CancellationToken.None);
        return new QueueScene(database, broker ?? await RabbitServer.OnAsync());
    }

    /// <summary>What the operator says.</summary>
    public string Uri(string settings = "") => broker.Uri($"queue={Name}&{settings}");

    /// <summary>A process that relays and, if it is to, consumes; not yet started.</summary>
    public ServiceProvider Node(string? uri = null, bool consumes = true, TimeSpan ahead = default)
    {
        RabbitMqOptions.TryParse(uri ?? Uri(), out var options, out var error).ShouldBeTrue(error);
        SmtpOptions.TryParse($"smtp://127.0.0.1:{Mail.Port}?from=no-reply%40example.com", out var smtp, out _).ShouldBeTrue();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IDatabase>(database);
        services.AddSingleton<TimeProvider>(new Server.Development.VirtualClock(TimeProvider.System) { Offset = ahead });
        services.AddSingleton<IRandom, SystemRandom>();
        services.AddSingleton(NoFunctions.Senders);
        services.AddSingleton<IFailureLog>(NoFailureLog.Instance);
        services.AddMessaging(new MessagingOptions { Smtp = smtp, RabbitMq = options, Consume = consumes });
        var node = services.BuildServiceProvider();
        nodes.Add(node);
        return node;
    }

    /// <summary>The same, started.</summary>
    public async Task<ServiceProvider> StartAsync(string? uri = null, bool consumes = true, TimeSpan ahead = default)
    {
        var node = Node(uri, consumes, ahead);
        foreach (var part in node.GetServices<IHostedService>()) await part.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Stops a node as a host does.</summary>
    public static async Task StopAsync(ServiceProvider node)
    {
        foreach (var part in node.GetServices<IHostedService>().Reverse()) await part.StopAsync(CancellationToken.None);
    }

    /// <summary>Puts messages into the outbox, as requests do, and wakes the nodes; answers their ids.</summary>
    public async Task<IReadOnlyList<string>> AddAsync(int count = 1, TimeSpan? lifetime = null)
    {
        var now = Now;
        var messages = Enumerable.Range(0, count)
            .Select(_ => Messages.Outbox() with { Id = Guid.NewGuid().ToString(), CreatedAt = now, NotAfter = now + (lifetime ?? TimeSpan.FromHours(1)) }).ToList();
        await database.WriteAsync(async stores =>
        {
            foreach (var message in messages) await stores.Outbox.AddAsync(message, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        foreach (var node in nodes) node.GetRequiredService<OutboxSignal>().Notify();
        return [.. messages.Select(message => message.Id)];
    }

    /// <summary>Puts anything into the queue, behind the nodes' backs.</summary>
    public async Task PublishAsync(params IEnumerable<string> bodies)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        foreach (var body in bodies) await channel.BasicPublishAsync("", Name, mandatory: true, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Takes one message, as it is at the broker.</summary>
    public async Task<BasicGetResult?> TakeAsync(string suffix = "")
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.BasicGetAsync(Name + suffix, autoAck: true);
    }

    /// <summary>How the queue is.</summary>
    public async Task<QueueState> LookAsync() => await (looking ??= Node(consumes: false)).GetRequiredService<QueueInspection>().LookAsync(CancellationToken.None);

    /// <summary>Waits until the queue is so.</summary>
    public async Task QueueIsAsync(Func<QueueState, bool> so)
    {
        QueueState? last = null;
        try
        {
            await UntilAsync(async () => so(last = await LookAsync()));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The queue is otherwise: {last}");
        }
    }

    /// <summary>How the outbox is.</summary>
    public async Task<OutboxState> StateAsync() => await database.ReadAsync(stores => stores.Outbox.StateAsync(CancellationToken.None), CancellationToken.None);

    /// <summary>Waits until nothing waits in the outbox any more.</summary>
    public Task EmptyAsync(int seconds = 30) => UntilAsync(async () => (await StateAsync()).Waiting == 0, seconds);

    /// <summary>Waits until nothing is at the broker any more, acknowledgements among it: what came twice has been looked at twice.</summary>
    public Task DrainedAsync() => QueueIsAsync(state => state is { IsReachable: true, Waiting: 0 });

    /// <summary>Waits until it holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await holds()) await Task.Delay(25, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await StopAsync(node);
            await node.DisposeAsync();
        }

        await Mail.DisposeAsync();
    }

    private async Task<IConnection> ConnectAsync()
    {
        RabbitMqOptions.TryParse(Uri(), out var options, out _).ShouldBeTrue();
        return await new RabbitMqConnections(options!).OpenAsync("test", CancellationToken.None);
    }
}
