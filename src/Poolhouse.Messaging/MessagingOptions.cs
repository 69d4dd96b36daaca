using Poolhouse.Messaging.Sending;

namespace Poolhouse.Messaging;

/// <summary>How messages leave.</summary>
public sealed class MessagingOptions
{
    /// <summary>The mail server; null where there is none.</summary>
    public SmtpOptions? Smtp { get; init; }

    /// <summary>Makes what carries mail instead of a mail server; null where nothing does. Without either, mail goes to the mailbox in development, and waits elsewhere.</summary>
    public Func<IServiceProvider, IMessageSender>? Carrier { get; init; }

    /// <summary>Whether what has no carrier goes to the mailbox. True in Development only: the mailbox shows codes to everyone.</summary>
    public bool UseMailbox { get; init; }
}
