using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Messaging.Sending;

/// <summary>Sends mail to one SMTP server, a connection for each message.</summary>
public sealed class SmtpMessageSender(SmtpOptions options, TimeProvider time) : IMessageSender
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ComposedMessage message, CancellationToken ct)
    {
        if (MailEnvelope.Of(message, options.From, out var refusal) is not { } envelope) return refusal!;

        // SmtpClient blocks for the reply to the data even in its asynchronous form. On threads of the pool a few slow servers would
        // starve every request, so each sending has a thread of its own; the relay bounds how many there are.
        var sending = Task.Factory.StartNew(
            () => Send(Mail(message, envelope)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
        return await sending.WaitAsync(ct);
    }

    private SendOutcome Send(MailMessage mail)
    {
        using var owned = mail;
        using var client = Client();
        var started = Stopwatch.GetTimestamp();
        try
        {
            client.Send(mail);
            return SendOutcome.Sent.Instance;
        }
        catch (SmtpException failure)
        {
            // A timeout is told in words only; the margin is for a timer that fires a little early.
            var isTimeout = Stopwatch.GetElapsedTime(started) > options.Timeout - TimeSpan.FromMilliseconds(100);
            return isTimeout ? new SendOutcome.Unavailable("smtp-timeout") : Outcome(failure);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException or FormatException)
        {
            // A reply that is not SMTP surfaces as a FormatException of the reply's parser.
            return new SendOutcome.Unavailable("smtp-unreachable");
        }
    }

    private MailMessage Mail(ComposedMessage message, MailEnvelope envelope)
    {
        var (to, from, replyTo) = envelope;
        var mail = new MailMessage(from, to)
        {
            Subject = HeaderText.OneLine(message.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        if (replyTo is not null) mail.ReplyToList.Add(replyTo);
        // RFC 5322 §3.6.4. The same on every attempt, so that the receiving side can drop a copy.
        mail.Headers.Add("Message-ID", $"<{HeaderText.OneLine(message.Id)}@{from.Host}>");
        // RFC 3834 §5: nobody's out-of-office note should answer.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("Date", time.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        // RFC 2046 §5.1.4: the plainest first.
        mail.AlternateViews.Add(View(message.Text, MediaTypeNames.Text.Plain));
        if (message.Html is not null) mail.AlternateViews.Add(View(message.Html, MediaTypeNames.Text.Html));
        return mail;
    }

    private static AlternateView View(string content, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(content.ReplaceLineEndings("\r\n"), Encoding.UTF8, mediaType);
        // Keeps lines under SMTP's 998 characters (RFC 5321 §4.5.3.1.6) whatever the template's are.
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    private SmtpClient Client() => new(options.Host, options.Port)
    {
        // Of the whole exchange.
        Timeout = (int)options.Timeout.TotalMilliseconds,
        EnableSsl = options.UseTls,
        DeliveryFormat = SmtpDeliveryFormat.International,
        Credentials = options is { User: { } user, Password: { } password } ? new NetworkCredential(user, password.Reveal()) : null,
    };

    private static SendOutcome Outcome(SmtpException failure)
    {
        var status = (int)failure.StatusCode;
        var reason = status < 200 ? "smtp-unreachable" : string.Create(CultureInfo.InvariantCulture, $"smtp-{status}");
        // 530, 534, 535 and 538 (RFC 4954 §6, RFC 3207 §4) refuse us, not the message: an operator mends that.
        return status is >= 500 and not (530 or 534 or 535 or 538) ? new SendOutcome.Refused(reason) : new SendOutcome.Unavailable(reason);
    }
}
