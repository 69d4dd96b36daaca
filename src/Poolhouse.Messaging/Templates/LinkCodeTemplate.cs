using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>The code that lets somebody link this account to another one.</summary>
internal sealed class LinkCodeTemplate : IMessageTemplate
{
    public MessageKind Kind => MessageKind.LinkCode;

    public MessageContent Content(OutboxMessage message, Language language) => new()
    {
        Subject = language[TextKey.LinkSubject],
        Lead = language[TextKey.LinkLead],
        Fields = message.Code is { } code ? [new(language[TextKey.CodeLabel], code, IsCode: true)] : [],
        Lifetime = Placeholders.Fill(
            language[TextKey.CodeLifetime], (Placeholders.Lifetime, language.Lifetime(message.NotAfter - message.CreatedAt))),
        Privacy = language[TextKey.KeepCodePrivate],
        Ignore = language[TextKey.LinkIgnore],
        Sms = Placeholders.Fill(language[TextKey.LinkSms], (Placeholders.Code, message.Code ?? "")),
    };
}
