using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Poolhouse.Core.Primitives;
using Poolhouse.Messaging.Outbox;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Poolhouse.Messaging.Queue;

/// <summary>
/// Consumes ids from the broker, several at once, and acknowledges each when its result is written down. A connection that is lost is opened anew, with
/// back-off; what was not acknowledged comes again, to whomever, and finds its message closed or leased.
/// </summary>
internal sealed partial class QueueConsumer(
    RabbitMqConnections connections, QueueDelivery delivery, IRandom random, TimeProvider time, ILogger<QueueConsumer> logger) : BackgroundService
{
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();
    private int _failures;

    /// <summary>Stops consuming and lets what is under way finish; cancels it when the host has no more time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(_abort.Cancel);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _abort.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeated.RunAsync(
        ConsumeAsync, (_, ct) => Task.Delay(RetryDelay.Reconnect(Math.Max(1, _failures), random), time, ct), Fail, stoppingToken);

    /// <summary>One connection's life.</summary>
    private async Task ConsumeAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(RabbitMqConnections.AnswerTime, time);
        using var answer = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        IConnection? connection = null;
        try
        {
            connection = await connections.OpenAsync("consumer", answer.Token);
            var prefetch = connections.Options.Prefetch;
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: prefetch), answer.Token);
            await channel.BasicQosAsync(prefetchSize: 0, prefetch, global: false, answer.Token);
            var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            channel.ChannelShutdownAsync += (_, e) => Lose(lost, "unreachable");
            var consumer = new AsyncEventingBasicConsumer(channel);
            // The broker cancels the consumer of a queue that is deleted or moves.
            consumer.UnregisteredAsync += (_, _) => Lose(lost, "cancelled");
            consumer.ReceivedAsync += (_, message) => TrackAsync(channel, message);
            var tag = await channel.BasicConsumeAsync(connections.Options.Queue, autoAck: false, consumer, answer.Token);
            _failures = 0;
            LogConsuming();

            await ((Task)lost.Task).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ct.IsCancellationRequested) throw new QueueAwayException(new IOException(await lost.Task));
            await FinishAsync(channel, tag);
        }
        finally
        {
            if (connection is not null) await RabbitMqConnections.CloseAsync(connection);
        }
    }

    // No new ones; those that have begun are finished and acknowledged. A broker that does not answer is not waited for.
    private async Task FinishAsync(IChannel channel, string tag)
    {
        using var patience = new CancellationTokenSource(RabbitMqConnections.AnswerTime, time);
        try
        {
            await channel.BasicCancelAsync(tag, noWait: false, patience.Token);
        }
        catch (Exception)
        {
            // Whatever the client throws, it means that nothing new comes.
        }

        await Task.WhenAll(_underWay.Keys);
    }

    private async Task TrackAsync(IChannel channel, BasicDeliverEventArgs message)
    {
        // The body is the client's own memory, and only until the first await.
        var work = HandleAsync(channel, message.DeliveryTag, message.Body.ToArray(), TraceParent(message));
        _underWay[work] = true;
        await work;
        _underWay.TryRemove(work, out _);
    }

    private async Task HandleAsync(IChannel channel, ulong tag, byte[] body, string? traceParent)
    {
        var settlement = await delivery.HandleAsync(body, traceParent, _abort.Token);
        try
        {
            if (settlement is Settlement.Done) await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
            else if (settlement is Settlement.Dead) await channel.BasicRejectAsync(tag, requeue: false, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The channel is gone: the id comes again, and finds its message closed.
            LogNotSettled(failure.GetType().Name);
        }
    }

    private void Fail(Exception failure)
    {
        _failures++;
        var reason = (failure as QueueAwayException ?? new QueueAwayException(failure)).Message;
        if (_failures == 1) LogLost(reason);
        else LogStillLost(reason);
    }

    private static string? TraceParent(BasicDeliverEventArgs message) =>
        message.BasicProperties.Headers is { } headers && headers.TryGetValue(MessagingActivities.TraceParent, out var value) && value is byte[] text
            ? Encoding.ASCII.GetString(text)
            : null;

    private static Task Lose(TaskCompletionSource<string> lost, string reason)
    {
        lost.TrySetResult(reason);
        return Task.CompletedTask;
    }

    [LoggerMessage(EventIds.Consuming, LogLevel.Information, "This process consumes the queue.")]
    private partial void LogConsuming();

    [LoggerMessage(EventIds.ConsumerLost, LogLevel.Warning, "The queue can't be consumed ({Reason}); trying again.")]
    private partial void LogLost(string reason);

    [LoggerMessage(EventIds.ConsumerStillLost, LogLevel.Debug, "The queue still can't be consumed ({Reason}).")]
    private partial void LogStillLost(string reason);

    [LoggerMessage(EventIds.NotSettled, LogLevel.Debug, "The broker could not be told of a result ({Exception}); it will ask again.")]
    private partial void LogNotSettled(string exception);
}
