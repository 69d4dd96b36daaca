using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Sending;

namespace Poolhouse.Tests.Messaging;

/// <summary>A sender that does as it is told, and remembers what it was given.</summary>
internal sealed class ScriptedSender : IMessageSender
{
    public ConcurrentQueue<string> Sent { get; } = new();

    public Func<ComposedMessage, CancellationToken, Task<SendOutcome>> Script { get; set; } =
        (_, _) => Task.FromResult<SendOutcome>(SendOutcome.Sent.Instance);

    public Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct)
    {
        Sent.Enqueue(message.Id);
        return Script(message, ct);
    }
}

/// <summary>What was logged.</summary>
internal sealed class CapturedLog
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger<T> For<T>() => new Logger<T>(_lines);

    private sealed class Logger<T>(ConcurrentQueue<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);
    }
}
