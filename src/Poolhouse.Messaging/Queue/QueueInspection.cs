using RabbitMQ.Client;

namespace Poolhouse.Messaging.Queue;

/// <summary>How the queue is.</summary>
/// <param name="IsReachable">Whether the broker answered.</param>
/// <param name="Problem">One sentence where it did not; else null.</param>
/// <param name="Waiting">Ids that wait for a consumer.</param>
/// <param name="Consumers">Processes that consume.</param>
/// <param name="DeadLetters">Ids that nobody could deal with.</param>
public sealed record QueueState(bool IsReachable, string? Problem, long Waiting, long Consumers, long DeadLetters);

/// <summary>Looks at the broker.</summary>
public sealed class QueueInspection
{
    private readonly RabbitMqConnections _connections;
    private readonly QueuePublisher _publisher;

    internal QueueInspection(RabbitMqConnections connections, QueuePublisher publisher)
    {
        _connections = connections;
        _publisher = publisher;
    }

    /// <summary>Asks it; over the connection that is there, or over one that is opened for it.</summary>
    public async Task<QueueState> LookAsync(CancellationToken ct)
    {
        IConnection? own = null;
        try
        {
            var connection = _publisher.Connection ?? (own = await _connections.OpenAsync("look", ct));
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            var live = await channel.QueueDeclarePassiveAsync(_connections.Options.Queue, ct);
            var dead = await channel.QueueDeclarePassiveAsync(_connections.Options.DeadQueue, ct);
            return new QueueState(true, null, live.MessageCount, live.ConsumerCount, dead.MessageCount);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // The client throws a dozen kinds, and all mean the same.
            return new QueueState(false, new QueueAwayException(failure).Sentence, 0, 0, 0);
        }
        finally
        {
            if (own is not null) await RabbitMqConnections.CloseAsync(own);
        }
    }
}
