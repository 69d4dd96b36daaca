using Poolhouse.Core.Messages;
using Poolhouse.Messaging;
using Poolhouse.Messaging.Sending;
using Poolhouse.Messaging.Templates;

namespace Poolhouse.Tests.Messaging;

public sealed class MessageSendersTests
{
    private readonly FakeMessageStores _stores = new();

    [Fact]
    public async Task In_development_mail_and_SMS_go_to_the_mailbox()
    {
        var senders = MessagingServices.Senders(new MessagingOptions { UseMailbox = true }, _stores, TimeProvider.System);

        foreach (var channel in Enum.GetValues<MessageChannel>())
            await senders.For(channel).SendAsync(new Composer().Compose(Messages.Outbox(channel: channel) with { Id = channel.ToString() }), CancellationToken.None);

        var received = await _stores.ListAsync(null, 10, CancellationToken.None);
        received.Select(message => (message.To, message.Code)).ShouldBe([("bob@example.com", "004718"), ("+491701234567", "004718")]);
    }

    [Fact]
    public void A_mail_server_takes_the_mail_and_leaves_the_SMS_to_the_mailbox()
    {
        SmtpOptions.TryParse("smtp://127.0.0.1:25", out var smtp, out _).ShouldBeTrue();

        var senders = MessagingServices.Senders(new MessagingOptions { Smtp = smtp, UseMailbox = true }, _stores, TimeProvider.System);

        senders.Mail.ShouldBeOfType<SmtpMessageSender>();
        senders.Sms.ShouldBeOfType<MailboxMessageSender>();
    }

    [Fact]
    public async Task Outside_development_nothing_reaches_the_mailbox()
    {
        var senders = MessagingServices.Senders(new MessagingOptions(), _stores, TimeProvider.System);

        (await senders.Mail.SendAsync(Messages.Composed(), CancellationToken.None)).ShouldBe(new SendOutcome.Unavailable("mail-not-configured"));
        (await senders.Sms.SendAsync(Messages.Composed(), CancellationToken.None)).ShouldBe(new SendOutcome.Refused("sms-not-configured"));
        (await _stores.ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }
}
