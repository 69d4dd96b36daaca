using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;

namespace Poolhouse.Messaging.Queue;

/// <summary>Gives ids of messages to the broker and has it confirm them. Whatever fails closes the connection, so that the next call opens another. For one caller at a time.</summary>
internal sealed class QueuePublisher(RabbitMqConnections connections, QueueMetrics metrics, TimeProvider time) : IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
    private volatile IConnection? _connection;
    private IChannel? _channel;

    /// <summary>The open connection, for a look at the broker; null where there is none.</summary>
    public IConnection? Connection => _connection is { IsOpen: true } open ? open : null;

    /// <summary>Whether there is a connection, as far as is known.</summary>
    public bool IsOpen => Connection is not null && _channel is { IsOpen: true };

    /// <summary>Connects and declares what is needed.</summary>
    /// <exception cref="QueueAwayException">It did not work.</exception>
    public Task OpenAsync(CancellationToken ct) => AskAsync(async answer =>
    {
        await CloseAsync();
        _connection = await connections.OpenAsync("publisher", answer);
        _channel = await _connection.CreateChannelAsync(Confirmed, answer);
        metrics.Connected(true);
        return true;
    }, ct);

    /// <summary>How many ids wait at the broker for a consumer.</summary>
    /// <exception cref="QueueAwayException">It did not work.</exception>
    public Task<long> DepthAsync(CancellationToken ct) =>
        AskAsync(async answer => (long)(await _channel!.QueueDeclarePassiveAsync(connections.Options.Queue, answer)).MessageCount, ct);

    /// <summary>Publishes and returns when the broker has all of them where a restart does not lose them. Not cancelled: ids that were taken for this are to go out.</summary>
    /// <exception cref="QueueAwayException">It did not work; any number of them may have been taken all the same.</exception>
    public Task PublishAsync(IReadOnlyList<string> ids) => AskAsync(async answer =>
    {
        await Task.WhenAll(ids.Select(id => PublishAsync(id, answer)));
        metrics.Published(ids.Count);
        return true;
    }, CancellationToken.None);

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task PublishAsync(string id, CancellationToken answer)
    {
        using var activity = MessagingActivities.Source.StartActivity("outbox publish", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "rabbitmq").SetTag("messaging.destination.name", connections.Options.Queue).SetTag("messaging.message.id", id);
        var properties = new BasicProperties { Persistent = true, MessageId = id, ContentType = "text/plain" };
        if ((activity?.Id ?? Activity.Current?.Id) is { } parent) properties.Headers = new Dictionary<string, object?> { [MessagingActivities.TraceParent] = parent };
        // Mandatory: a queue that somebody deleted is noticed here, and declared again with the next connection.
        await _channel!.BasicPublishAsync(exchange: "", connections.Options.Queue, mandatory: true, properties, Encoding.ASCII.GetBytes(id), answer);
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(RabbitMqConnections.AnswerTime, time);
        using var answer = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ask(answer.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The client throws a dozen kinds, and all mean the same: this connection is of no use.
            await CloseAsync();
            throw new QueueAwayException(failure);
        }
    }

    private async Task CloseAsync()
    {
        metrics.Connected(false);
        var connection = _connection;
        _channel = null;
        _connection = null;
        if (connection is not null) await RabbitMqConnections.CloseAsync(connection);
    }
}
