using Poolhouse.Messaging.Queue;
using Poolhouse.Messaging.Sending;

namespace Poolhouse.Messaging;

/// <summary>How messages leave.</summary>
public sealed class MessagingOptions
{
    /// <summary>The mail server; null means the mailbox in development, and elsewhere that mail waits.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Whether what has no carrier goes to the mailbox. True in Development only: the mailbox shows codes to everyone.</summary>
    public bool UseMailbox { get; init; }

    /// <summary>The broker that spreads the work; null means that every node delivers what is due.</summary>
    public RabbitMqOptions? RabbitMq { get; init; }

    /// <summary>Whether this process delivers what the broker spreads; else it leaves that to others.</summary>
    public bool Consume { get; init; } = true;
}
