namespace Poolhouse.Messaging.Sending;

/// <summary>Hands messages to whoever carries them.</summary>
public interface IMessageSender
{
    /// <summary>
    /// Sends one message. Safe to repeat: the message's id lets the receiver recognise a copy. Answers with an outcome for
    /// anything the network or the other side may cause; throws only when cancelled or on a bug.
    /// </summary>
    Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct);
}

/// <summary>What became of an attempt.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <summary>The other side took responsibility for it.</summary>
    public sealed record Sent : SendOutcome
    {
        /// <summary>The one instance.</summary>
        public static readonly Sent Instance = new();
    }

    /// <summary>It will never be accepted. The reason is a short code such as <c>smtp-550</c>; it holds nothing personal.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>It may be accepted later. The reason is a short code such as <c>smtp-451</c>; it holds nothing personal.</summary>
    public sealed record Unavailable(string Reason) : SendOutcome;
}
