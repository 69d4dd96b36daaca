namespace Poolhouse.Messaging.Sending;

/// <summary>Stands where no SMS service is configured, outside development. Waiting would not help a caller whose code expires in minutes.</summary>
public sealed class SmsUnavailableSender : IMessageSender
{
    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Refused("sms-not-configured"));
}
