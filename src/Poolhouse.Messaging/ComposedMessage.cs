using Poolhouse.Core.Messages;

namespace Poolhouse.Messaging;

/// <summary>A message as it goes out: every placeholder filled, every header one line.</summary>
/// <param name="Id">The outbox id; the same on every attempt.</param>
/// <param name="Channel">Mail or SMS.</param>
/// <param name="To">Address or number, exactly as it was asked for; a sender refuses one that is not a single address.</param>
/// <param name="From">The pool's sender; null means the server's default.</param>
/// <param name="ReplyTo">Where answers go; null means the sender.</param>
/// <param name="Subject">One line; empty for an SMS.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">HTML; null for an SMS.</param>
/// <param name="Code">The code or temporary password it carries, or null.</param>
public sealed record ComposedMessage(
    string Id, MessageChannel Channel, string To, string? From, string? ReplyTo, string Subject, string Text, string? Html, string? Code)
{
    /// <summary>The id only: everything else is personal or secret.</summary>
    public override string ToString() => $"message {Id}";
}
