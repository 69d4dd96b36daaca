namespace Poolhouse.Messaging.Sending;

/// <summary>Stands where no mail server is configured, outside development. Mail waits until it is or until its code has expired.</summary>
public sealed class MailUnavailableSender : IMessageSender
{
    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Unavailable("mail-not-configured"));
}
