using Poolhouse.Messaging.Sending;

namespace Poolhouse.Messaging;

/// <summary>How messages leave.</summary>
public sealed class MessagingOptions
{
    /// <summary>The mail server; null means the mailbox in development, and elsewhere that mail waits.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Whether what has no carrier goes to the mailbox. True in Development only: the mailbox shows codes to everyone.</summary>
    public bool UseMailbox { get; init; }
}
