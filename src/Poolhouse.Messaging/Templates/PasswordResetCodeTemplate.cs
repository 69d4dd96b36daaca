using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that resets a password.</summary>
internal sealed class PasswordResetCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.PasswordResetCode;

    public MessageContent Content(OutboxMessage message, Language language) => new()
    {
        Subject = language[TextKey.ResetSubject],
        Lead = language[TextKey.ResetLead],
        Fields = message.Code is { } code ? [new(language[TextKey.CodeLabel], code, IsCode: true)] : [],
        Lifetime = Placeholders.Fill(
            language[TextKey.CodeLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepCodePrivate],
        Ignore = language[TextKey.ResetIgnore],
        Sms = Placeholders.Fill(language[TextKey.ResetSms], (Placeholders.Code, message.Code ?? "")),
    };
}
