using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that confirms a sign-up.</summary>
internal sealed class SignUpCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.SignUpCode;

    public MessageContent Content(OutboxMessage message, Language language) => new()
    {
        Subject = language[TextKey.SignUpSubject],
        Lead = language[TextKey.SignUpLead],
        Fields = message.Code is { } code ? [new(language[TextKey.CodeLabel], code, IsCode: true)] : [],
        Lifetime = Placeholders.Fill(
            language[TextKey.CodeLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepCodePrivate],
        Ignore = language[TextKey.SignUpIgnore],
        Sms = Placeholders.Fill(language[TextKey.SignUpSms], (Placeholders.Code, message.Code ?? "")),
    };
}
