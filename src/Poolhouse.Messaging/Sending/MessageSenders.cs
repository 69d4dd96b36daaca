using Poolhouse.Core.Messages;

namespace Poolhouse.Messaging.Sending;

/// <summary>Who carries what.</summary>
public sealed record MessageSenders(IMessageSender Mail, IMessageSender Sms)
{
    /// <summary>The sender of a channel.</summary>
    public IMessageSender For(MessageChannel channel) => channel is MessageChannel.Sms ? Sms : Mail;
}
