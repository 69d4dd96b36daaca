using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that proves an address or number.</summary>
internal sealed class AttributeVerificationCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.AttributeVerificationCode;

    public MessageContent Content(OutboxMessage message, Language language) => new()
    {
        Subject = language[TextKey.VerifySubject],
        Lead = language[TextKey.VerifyLead],
        Fields = message.Code is { } code ? [new(language[TextKey.CodeLabel], code, IsCode: true)] : [],
        Lifetime = Placeholders.Fill(
            language[TextKey.CodeLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepCodePrivate],
        Ignore = language[TextKey.VerifyIgnore],
        Sms = Placeholders.Fill(language[TextKey.VerifySms], (Placeholders.Code, message.Code ?? "")),
    };
}
