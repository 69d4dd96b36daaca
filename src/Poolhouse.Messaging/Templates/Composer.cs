using System.Net;
using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>Makes of an outbox row what goes out: the pool's own texts where it has some, the built-in ones elsewhere.</summary>
public sealed class Composer
{
    internal static readonly IReadOnlyList<IMessageTemplate> Templates =
    [
        new AccountLinkTemplate(MessageKind.AccountConfirmation),
        new AccountLinkTemplate(MessageKind.AccountInvitation),
        new AttributeVerificationCodeTemplate(),
        new InvitationTemplate(),
        new PasswordResetCodeTemplate(),
        new SecondFactorCodeTemplate(),
        new SignInCodeTemplate(),
        new SignInNoticeTemplate(MessageKind.SignInBlocked),
        new SignInNoticeTemplate(MessageKind.SignInNoticed),
        new SignUpCodeTemplate(),
    ];

    /// <summary>Pure: the same row gives the same message.</summary>
    public ComposedMessage Compose(OutboxMessage message)
    {
        var language = Languages.For(message.Locale);
        var content = Templates.Single(template => template.Kind == message.Kind).Content(message, language);
        return message.Channel is MessageChannel.Sms ? Sms(message, content) : Mail(message, content, language);
    }

    private static ComposedMessage Mail(OutboxMessage message, MessageContent content, Language language)
    {
        var html = message.Body is { } body ? FillHtml(body, message) : Layout.Html(content, language);
        return new ComposedMessage(
            message.Id,
            MessageChannel.Email,
            message.To,
            message.From is { } from ? HeaderText.OneLine(from) : null,
            message.ReplyTo is { } replyTo ? HeaderText.OneLine(replyTo) : null,
            HeaderText.OneLine(message.Subject is { } subject ? FillText(subject, message) : content.Subject),
            message.Body is null ? Layout.Text(content) : HtmlText.From(html),
            html,
            message.Code);
    }

    private static ComposedMessage Sms(OutboxMessage message, MessageContent content) => new(
        message.Id,
        MessageChannel.Sms,
        message.To,
        From: null,
        ReplyTo: null,
        Subject: "",
        message.Body is { } body ? FillText(body, message) : content.Sms,
        Html: null,
        message.Code);

    private static string FillText(string template, OutboxMessage message) =>
        Placeholders.Fill(template, (Placeholders.Code, message.Code ?? ""), (Placeholders.Username, message.Username));

    // The template is the pool owner's HTML; what is filled in is the user's text. A temporary password may hold & and <.
    private static string FillHtml(string template, OutboxMessage message) => Placeholders.Fill(
        template,
        (Placeholders.Code, WebUtility.HtmlEncode(message.Code ?? "")),
        (Placeholders.Username, WebUtility.HtmlEncode(message.Username)));
}
