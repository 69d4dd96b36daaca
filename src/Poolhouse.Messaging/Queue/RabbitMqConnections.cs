using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Poolhouse.Core.Primitives;
using RabbitMQ.Client;

namespace Poolhouse.Messaging.Queue;

/// <summary>
/// Opens connections to the broker, on which everything that is needed there exists. What is lost is not recovered by the client but opened anew by whoever
/// uses it: one way, whatever happened to the broker, and one that declares the queues of a broker that has forgotten them.
/// </summary>
internal sealed class RabbitMqConnections(RabbitMqOptions options)
{
    /// <summary>How long anything that is asked of the broker may take. Shorter than <see cref="RabbitMqOptions.Patience"/> usually is.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(3);

    // A message that ended so many consumers before it could even be looked at is put aside; the outbox has a count of its own for what comes later.
    private const int DeliveryLimit = 20;

    // Dead letters hold ids only; what they are about stays in the outbox.
    private const int MostDeadLetters = 10_000;

    /// <summary>What to connect to.</summary>
    public RabbitMqOptions Options => options;

    /// <summary>A connection, once queues and exchange are declared. Who publishes and who consumes have one each: the broker holds the former while it lacks memory or disk.</summary>
    /// <param name="purpose">Shown in the broker's list of connections.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="Exception">Any of the client's and of the network's: there is no broker, it refuses us, or a queue exists that is of another kind.</exception>
    public async Task<IConnection> OpenAsync(string purpose, CancellationToken ct)
    {
        var connection = await ConnectAsync(purpose, ct);
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            await DeclareAsync(channel, ct);
            return connection;
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    /// <summary>Gives up a connection that may be broken; throws nothing and takes no longer than a second.</summary>
    public static async Task CloseAsync(IConnection connection)
    {
        await connection.AbortAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var disposing = connection.DisposeAsync().AsTask();
        Deadline.Leave(disposing);
        await disposing.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<IConnection> ConnectAsync(string purpose, CancellationToken ct)
    {
        var factory = new ConnectionFactory
        {
            UserName = options.User,
            Password = options.Password.Reveal(),
            VirtualHost = options.VirtualHost,
            AutomaticRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            RequestedConnectionTimeout = AnswerTime,
            HandshakeContinuationTimeout = AnswerTime,
            ContinuationTimeout = AnswerTime,
        };
        // The client tries them in an order of chance, which spreads nodes over a cluster.
        return factory.CreateConnectionAsync(options.Hosts.Select(Endpoint), $"poolhouse {purpose}", ct);
    }

    private async Task DeclareAsync(IChannel channel, CancellationToken ct)
    {
        // Quorum queues on every broker: a single node has them too, and a classic queue could not become one when the cluster grows.
        // https://www.rabbitmq.com/docs/quorum-queues
        await channel.ExchangeDeclareAsync(options.DeadQueue, ExchangeType.Fanout, durable: true, cancellationToken: ct);
        await channel.QueueDeclareAsync(
            options.DeadQueue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = MostDeadLetters },
            cancellationToken: ct);
        await channel.QueueBindAsync(options.DeadQueue, options.DeadQueue, routingKey: "", cancellationToken: ct);
        await channel.QueueDeclareAsync(
            options.Queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-dead-letter-exchange"] = options.DeadQueue,
                ["x-delivery-limit"] = DeliveryLimit,
            },
            cancellationToken: ct);
    }

    private AmqpTcpEndpoint Endpoint((string Host, int Port) host) =>
        options.UseTls ? new AmqpTcpEndpoint(host.Host, host.Port, Tls(host.Host)) : new AmqpTcpEndpoint(host.Host, host.Port);

    private SslOption Tls(string host)
    {
        var tls = new SslOption(host, enabled: true);
        if (options.Authorities.Count > 0) tls.CertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors);
        return tls;
    }

    // The name has to fit in any case; only whom the chain leads to is the operator's choice.
    private bool IsTrusted(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None) return true;
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(options.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // RFC 5280 §4.2.1.12: id-kp-serverAuth.
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
