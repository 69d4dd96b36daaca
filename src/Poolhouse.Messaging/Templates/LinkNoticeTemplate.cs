using Poolhouse.Core.Messages;
using Poolhouse.Messaging.Templates.Texts;

namespace Poolhouse.Messaging.Templates;

/// <summary>A link to an account of another application, made or ended. It carries no code and no link to click.</summary>
internal sealed class LinkNoticeTemplate(MessageKind kind) : IMessageTemplate
{
    private static readonly TextKey[] Labels =
        [TextKey.NoticeTimeLabel, TextKey.NoticeDeviceLabel, TextKey.NoticeAddressLabel, TextKey.NoticeApplicationLabel];

    public MessageKind Kind => kind;

    public MessageContent Content(OutboxMessage message, Language language)
    {
        var isMade = kind == MessageKind.AccountsLinked;
        return new MessageContent
        {
            Subject = language[isMade ? TextKey.LinkedSubject : TextKey.UnlinkedSubject],
            Lead = language[isMade ? TextKey.LinkedLead : TextKey.UnlinkedLead],
            Fields = [.. Labels.Zip(message.Details ?? [], (label, value) => new MessageContent.Field(language[label], value, IsCode: false))],
            Lifetime = language[TextKey.NoticeWasYou],
            Privacy = language[TextKey.LinkWasNotYou],
            Ignore = language[TextKey.NoticeIgnore],
            Sms = language[isMade ? TextKey.LinkedSms : TextKey.UnlinkedSms],
        };
    }
}
