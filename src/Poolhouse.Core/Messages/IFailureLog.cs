using Poolhouse.Core.Stores;

namespace Poolhouse.Core.Messages;

/// <summary>Who wants to know of messages that are given up.</summary>
public interface IFailureLog
{
    /// <summary>Notes it in the transaction that gives the message up.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="reason">A word of this server's own; never an address.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancellation.</param>
    ValueTask NoteAsync(IUnitOfWork unit, OutboxMessage message, string reason, DateTimeOffset now, CancellationToken ct);
}
