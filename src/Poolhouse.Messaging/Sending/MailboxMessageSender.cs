using Poolhouse.Core.Stores;

namespace Poolhouse.Messaging.Sending;

/// <summary>Delivers mail and SMS into the development mailbox. A repeated message is kept once.</summary>
public sealed class MailboxMessageSender(IDatabase database, TimeProvider time) : IMessageSender
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct)
    {
        var received = new MailboxMessage(
            message.Id, message.Channel, message.To, message.Subject, message.Text, message.Html, message.Code, time.GetUtcNow());
        await database.WriteAsync(stores => stores.Mailbox.AddAsync(received, ct), ct);
        return SendOutcome.Sent.Instance;
    }
}
