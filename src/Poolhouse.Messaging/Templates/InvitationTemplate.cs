using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>An account made by an administrator, with its username and temporary password.</summary>
internal sealed class InvitationTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.Invitation;

    public MessageContent Content(OutboxMessage message, Language language) => new()
    {
        Subject = language[TextKey.InviteSubject],
        Lead = language[TextKey.InviteLead],
        Fields =
        [
            .. message.Username.Length > 0 ? [new(language[TextKey.UsernameLabel], HeaderText.OneLine(message.Username), IsCode: false)] : Array.Empty<MessageContent.Field>(),
            .. message.Code is { } code ? [new(language[TextKey.TemporaryPasswordLabel], code, IsCode: true)] : Array.Empty<MessageContent.Field>(),
        ],
        Lifetime = Placeholders.Fill(
            language[TextKey.PasswordLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepPasswordPrivate],
        Ignore = language[TextKey.InviteIgnore],
        Sms = Sms(message, language),
    };

    // A username may have 128 characters. A cut name is a wrong name, so a long one is left out altogether.
    private static string Sms(OutboxMessage message, Language language)
    {
        var code = (Placeholders.Code, message.Code ?? "");
        var whole = Placeholders.Fill(language[TextKey.InviteSms], code, (Placeholders.Username, HeaderText.OneLine(message.Username)));
        return message.Username.Length > 0 && whole.Length <= language.SmsLimit
            ? whole
            : Placeholders.Fill(language[TextKey.InviteSmsWithoutUsername], code);
    }
}
