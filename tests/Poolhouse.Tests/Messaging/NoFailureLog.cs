using Poolhouse.Core.Messages;
using Poolhouse.Core.Stores;

namespace Poolhouse.Tests.Messaging;

/// <summary>Nobody wants to know.</summary>
internal sealed class NoFailureLog : IFailureLog
{
    public static readonly NoFailureLog Instance = new();

    public ValueTask NoteAsync(IUnitOfWork unit, OutboxMessage message, string reason, DateTimeOffset now, CancellationToken ct) => ValueTask.CompletedTask;
}
