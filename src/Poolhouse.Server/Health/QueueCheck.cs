using System.Globalization;
using Poolhouse.Messaging.Queue;

namespace Poolhouse.Server.Health;

/// <summary>RabbitMQ: while it is away mail goes out straight from the outbox.</summary>
internal sealed class QueueCheck(QueueInspection queue) : IEngineCheck
{
    public string Name => "queue";

    public bool IsRequired => false;

    public async ValueTask<EngineState> CheckAsync(CancellationToken ct)
    {
        var state = await queue.LookAsync(ct);
        if (!state.IsReachable) return EngineState.Out($"{state.Problem} Meanwhile messages wait in the outbox, or go out without the queue.");
        var counts = string.Create(CultureInfo.InvariantCulture, $"{state.Waiting} wait, {state.Consumers} consume, {state.DeadLetters} dead letters");
        return state.Consumers > 0
            ? EngineState.Well($"The queue answers: {counts}.")
            : EngineState.Out($"The queue answers, but nobody consumes it ({counts}); start a worker, or a node with Consume.");
    }
}
