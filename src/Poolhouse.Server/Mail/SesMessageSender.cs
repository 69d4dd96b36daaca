using Poolhouse.Amazon.Ses;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Sending;

namespace Poolhouse.Server.Mail;

/// <summary>Sends mail through Amazon SES.</summary>
internal sealed class SesMessageSender(SesOptions options, SesClient client, TimeProvider time) : IMessageSender
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct)
    {
        if (MailEnvelope.Of(message, options.From, out var refusal) is not { } envelope) return refusal!;
        // SES carries no SMTPUTF8 (developer guide, Verified identities): what stands before the @ is ASCII, domains go in Punycode.
        if (!envelope.To.User.All(char.IsAscii)) return new SendOutcome.Refused("recipient-not-ascii");
        if (!envelope.From.User.All(char.IsAscii) || envelope.ReplyTo?.User.All(char.IsAscii) is false) return new SendOutcome.Refused("sender-not-ascii");
        string from, to;
        byte[] mime;
        try
        {
            (from, to) = ($"{envelope.From.User}@{RawMail.Ascii(envelope.From.Host)}", $"{envelope.To.User}@{RawMail.Ascii(envelope.To.Host)}");
            mime = RawMail.Build(message, envelope, time.GetUtcNow());
        }
        catch (ArgumentException)
        {
            return new SendOutcome.Refused("domain-invalid");
        }

        return await client.SendAsync(message.Id, from, to, mime, ct) switch
        {
            SesOutcome.Accepted => SendOutcome.Sent.Instance,
            SesOutcome.Refused(var reason) => new SendOutcome.Refused(reason),
            SesOutcome.Unavailable(var reason) => new SendOutcome.Unavailable(reason),
            _ => throw new InvalidOperationException("An outcome of a new kind."),
        };
    }
}
