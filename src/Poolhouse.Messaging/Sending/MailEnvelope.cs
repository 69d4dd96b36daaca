using System.Net.Mail;

namespace Poolhouse.Messaging.Sending;

/// <summary>Who a mail is from and who gets it: one address each, none of which can add a line or a recipient.</summary>
/// <param name="To">The one recipient; a bare address.</param>
/// <param name="From">The pool's sender, or the server's.</param>
/// <param name="ReplyTo">Where answers go; null means the sender.</param>
public sealed record MailEnvelope(MailAddress To, MailAddress From, MailAddress? ReplyTo)
{
    /// <summary>Reads a message's addresses.</summary>
    /// <param name="message">Says whom it is for.</param>
    /// <param name="defaultFrom">The sender where the message names none.</param>
    /// <param name="refusal">Which of them is none, where the answer is null.</param>
    public static MailEnvelope? Of(ComposedMessage message, MailAddress defaultFrom, out SendOutcome.Refused? refusal)
    {
        refusal = null;
        var from = defaultFrom;
        MailAddress? replyTo = null;
        if (!MailAddresses.TryParseRecipient(message.To, out var to)) refusal = new SendOutcome.Refused("recipient-invalid");
        else if (message.From is not null && !MailAddresses.TryParse(message.From, out from)) refusal = new SendOutcome.Refused("sender-invalid");
        else if (message.ReplyTo is not null && !MailAddresses.TryParse(message.ReplyTo, out replyTo)) refusal = new SendOutcome.Refused("reply-to-invalid");
        return refusal is null ? new MailEnvelope(to!, from!, replyTo) : null;
    }
}
